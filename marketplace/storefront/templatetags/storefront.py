"""Presentation for the shop's pages: prose, structured data."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from kernel.richtext import prose as kernel_prose
from marketplace.storefront.selectors import Text, words
from marketplace.storefront.structured import absolute as absolute_address

register = template.Library()
# What could end the script element or start a comment in it.
ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@register.filter
def prose(text: str | None) -> SafeString:
    """{{ product.text|prose }}: paragraphs, with the little markup that is allowed."""
    return kernel_prose(str(text or ""))


@register.filter
def own(obj: Any, name: str) -> Text:
    """{{ product|own:"short" }}: the text in the language of the page; `.lang` is set where it is not."""
    return words(obj, name)


@register.filter
def absolute(path: str) -> str:
    """A path with scheme and host."""
    return absolute_address(path)


@register.simple_tag
def card_html(card: dict[str, Any]) -> SafeString:
    """The theme's card; the text is kept with the card, which lives as long as the day and the public version."""
    html = card.get("html")
    if html is None:
        html = card["html"] = mark_safe(get_template("components/product-card.html").render({"card": card}))
    return html


@register.simple_tag
def json_ld(data: dict[str, Any] | list[Any]) -> SafeString:
    """{% json_ld data %}: a data block, which is no script that a browser would run."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')
