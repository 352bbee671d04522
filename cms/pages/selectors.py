"""Reading pages for lists, sitemap, search and the product page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from wagtail.models import Page, Site

from cms.live import product_ids
from cms.pages.models import shown_news, shown_stories
from kernel.pictures.addresses import picture_url

__all__ = ["documents", "shown_news", "shown_stories", "sitemap_entries"]
TYPES = {
    "storypage": "story",
    "placepage": "place",
    "routepage": "route",
    "eventpage": "event",
    "newspage": "news",
    "plainpage": "page",
}


@dataclass(frozen=True)
class SitemapEntry:
    """One address in one language. `alternates` has the addresses of all languages it is really written in."""

    url: str
    changed: datetime | None
    alternates: dict[str, str] = field(default_factory=dict)


def _site_pages() -> Any:
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        return Page.objects.none()
    root = site.root_page
    keys = Page.objects.filter(translation_key=root.translation_key)
    pages = Page.objects.none()
    for home in keys:
        pages = pages | Page.objects.descendant_of(home, inclusive=True)
    return pages.live().select_related("locale").order_by("path")


def sitemap_entries() -> list[SitemapEntry]:
    """Live pages with their twins; aliases (not translated yet) are left out."""
    pages = [page for page in _site_pages() if page.alias_of_id is None and page.url]
    twins: dict[Any, dict[str, str]] = {}
    for page in pages:
        twins.setdefault(page.translation_key, {})[page.locale.language_code] = page.url
    return [SitemapEntry(page.url, page.last_published_at, twins[page.translation_key]) for page in pages]


@dataclass(frozen=True)
class Document:
    """What the search keeps of a page, both languages in one."""

    key: str
    kind: str
    title: str
    title_en: str
    text: str
    text_en: str
    url: str
    url_en: str
    picture: str
    product_ids: list[int]


def documents() -> Iterator[Document]:
    """Stories, places, routes, events, news and plain pages for the search index."""
    pages = [p.specific for p in _site_pages().specific() if p.content_type.model in TYPES]
    english = {p.translation_key: p for p in pages if p.locale.language_code == "en" and p.alias_of_id is None}
    for page in pages:
        if page.locale.language_code == "vi":
            yield document_of(page, english.get(page.translation_key))


def document_of(page: Any, twin: Any = None) -> Document:
    shown = getattr(page, "shown", None)
    return Document(
        key=f"page-{page.pk}",
        kind=TYPES[page.content_type.model],
        title=page.title,
        title_en=twin.title if twin else "",
        text=plain_text(page),
        text_en=plain_text(twin) if twin else "",
        url=page.url,
        url_en=twin.url if twin else "",
        picture=picture_url(shown, 400) if shown is not None and shown.ready else "",
        product_ids=product_ids(page.streams()),
    )


def plain_text(page: Any) -> str:
    """The lead and the words of the body."""
    found = [getattr(page, "lead", "")]
    for stream in page.streams():
        found += [str(text) for block in stream for text in block.block.get_searchable_content(block.value)]
    return " ".join(text for text in found if text)
