"""`{% load cms_tags %}`: text with the operator's facts filled in, cards of pages, state of a lot in words."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.templatetags.wagtailcore_tags import richtext

from cms.live import Live
from cms.pages.selectors import shown_news, shown_stories
from cms.tourism.selectors import villages
from cms.tree import url_of

register = template.Library()
LOT_STATES = {
    "on_sale": (_("On sale, in date"), "good"),
    "held": (_("On hold for checks"), "warn"),
    "recalled": (_("Recalled, do not use"), "bad"),
    "expired": (_("Past its date"), "warn"),
    "sold_out": (_("Sold out"), ""),
    "unknown": (_("We do not know this lot"), "warn"),
}


@register.simple_tag(takes_context=True)
def filled(context: Any, value: Any) -> SafeString:
    """Rich text; on plain pages with the operator's facts in their places."""
    html = richtext(value)
    filling = context.get("filling")
    return filling.fill(str(html)) if filling else html


@register.simple_tag(takes_context=True)
def goods(context: Any, ids: Any) -> list[dict[str, Any]]:
    return live_of(context).cards(ids)


@register.simple_tag(takes_context=True)
def shelf(context: Any, block_id: Any) -> list[dict[str, Any]]:
    return live_of(context).shelf(block_id)


@register.simple_tag(takes_context=True)
def gift_sets(context: Any, ids: Any, count: int = 3) -> list[dict[str, Any]]:
    return live_of(context).combos(ids, count)


@register.simple_tag(takes_context=True)
def maker(context: Any, producer_id: int) -> dict[str, Any] | None:
    return live_of(context).producer(producer_id)


@register.simple_tag(takes_context=True)
def lot_now(context: Any, gtin: str, code: str) -> dict[str, Any]:
    found = live_of(context).lot(gtin, code)
    words, kind = LOT_STATES.get(found["state"], LOT_STATES["unknown"])
    return {**found, "words": words, "kind": kind}


def live_of(context: Any) -> Live:
    return context.get("live") or Live([])


@register.filter
def teaser_of(page: Any) -> dict[str, Any]:
    """What `components/teaser.html` shows of a page of any kind."""
    return {
        "url": page.url,
        "title": page.title,
        "text": getattr(page, "lead", ""),
        "picture": page.shown,
        "lang": "vi" if page.is_vietnamese_only else "",
    }


@register.simple_tag(takes_context=True)
def pages_named(context: Any, ids: Any) -> list[Any]:
    return live_of(context).pages(ids)


@register.simple_tag(takes_context=True)
def page_url(context: Any, page_id: int) -> str:
    return url_of(page_id, (get_language() or "vi")[:2])


@register.simple_tag
def jsonld(data: Any) -> SafeString:
    """A block of structured data; `<` never ends the element early."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=str).replace("<", "\\u003c")
    return mark_safe(f'<script type="application/ld+json">{text}</script>')


@register.simple_tag(takes_context=True)
def one_story(context: Any, chosen: int | None) -> Any:
    """The chosen story, or the newest of this language."""
    picked = live_of(context).pages([chosen]) if chosen else []
    return picked[0] if picked else shown_stories().filter(locale=context["page"].locale).first()


@register.simple_tag(takes_context=True)
def some_places(context: Any, chosen: Any) -> list[Any]:
    """The chosen pages that are live, or the first villages."""
    return live_of(context).pages(chosen) or villages(context["page"].locale_id, 3)


@register.simple_tag(takes_context=True)
def some_news(context: Any, count: int) -> list[Any]:
    return list(shown_news().filter(locale=context["page"].locale)[: count or 3])
