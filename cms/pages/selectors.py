"""Reading pages for lists, sitemap, search and the product page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wagtail.models import Page

from cms.pages.models import shown_news, shown_stories
from cms.tree import forget, pages_of, tree

__all__ = ["document_ids", "documents", "shown_news", "shown_stories", "sitemap_entries"]
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
    """One page: its path in Vietnamese, in English where somebody wrote it, and its last change."""

    path: str
    path_en: str
    changed: datetime | None


def sitemap_entries() -> list[SitemapEntry]:
    """Live pages in Vietnamese with their English twins; an alias is no twin, it says the same in Vietnamese."""
    nodes = tree().by_id.values()
    changed = dict(Page.objects.filter(pk__in=[node.pk for node in nodes]).values_list("pk", "last_published_at"))
    found = []
    for node in nodes:
        if node.language == "vi":
            twin = tree().twins.get((node.key, "en"))
            found.append(SitemapEntry(node.url, twin.url if twin and twin.written else "", changed.get(node.pk)))
    return found


@dataclass(frozen=True)
class Document:
    """What the search keeps of a page, both languages in one."""

    id: int
    kind: str
    title: str
    title_en: str
    lead: str
    lead_en: str
    text: str
    text_en: str
    url: str
    published: datetime | None


def document_ids() -> list[int]:
    """Every Vietnamese page that may be found."""
    return [n.pk for n in tree().by_id.values() if n.language == "vi" and n.model.split(".")[1] in TYPES]


def documents(ids: list[int]) -> Iterator[Document]:
    """Stories, places, routes, events, news and plain pages for the search index; those not live are left out."""
    forget()  # the worker may hold a tree of a second ago
    nodes = [node for pk in ids if (node := tree().by_id.get(pk)) and node.model.split(".")[1] in TYPES]
    twins = {node.pk: twin for node in nodes if (twin := tree().twins.get((node.key, "en"))) and twin.written}
    pages: dict[int, Any] = {}
    for model in {node.model for node in nodes}:
        wanted = [node.pk for node in nodes if node.model == model]
        wanted += [twins[pk].pk for pk in wanted if pk in twins]
        pages |= {page.pk: page for page in pages_of(model, wanted)}
    for node in nodes:
        page, twin = pages.get(node.pk), pages.get(twins[node.pk].pk) if node.pk in twins else None
        if page is not None:
            yield _document(page, twin)


def _document(page: Any, twin: Any) -> Document:
    return Document(
        id=page.pk,
        kind=TYPES[page.content_type.model],
        title=page.title,
        title_en=twin.title if twin else "",
        lead=getattr(page, "lead", ""),
        lead_en=getattr(twin, "lead", ""),
        text=plain_text(page),
        text_en=plain_text(twin) if twin else "",
        url=page.url,
        published=page.first_published_at,
    )


def plain_text(page: Any) -> str:
    """The words of the body."""
    found = []
    for stream in page.streams():
        found += [str(text) for block in stream for text in block.block.get_searchable_content(block.value)]
    return " ".join(text for text in found if text)
