"""Where parts meet that do not know each other: pages of the CMS reach the search index and the sitemap."""

from collections.abc import Iterable, Iterator
from typing import Any

from cms.pages import selectors as pages
from cms.pages.signals import page_renewed
from kernel import clock
from marketplace.storefront.machines import Entry as SitemapEntry
from marketplace.storefront.machines import sitemap_source
from search import registry
from search.services import mark

KIND = "story"


def _cards(ids: list[int]) -> Iterator[registry.Entry]:
    for page in pages.documents(ids):
        yield registry.Entry(
            object_id=page.id,
            path=page.url,
            title_vi=page.title,
            title_en=page.title_en,
            text=(page.lead, page.lead_en),
            more=(page.text, page.text_en),
            made_on=page.published.astimezone(clock.HERE).date() if page.published else clock.today(),
        )


def _in_sitemap() -> Iterable[SitemapEntry]:
    for page in pages.sitemap_entries():
        if page.path != "/":
            yield SitemapEntry(page.path, page.path_en, page.changed)


def _mark(sender: Any, page_id: int, **kwargs: Any) -> None:
    mark(KIND, [page_id])


def wire() -> None:
    registry.register(KIND, ids=pages.document_ids, build=_cards)
    sitemap_source(_in_sitemap)
    page_renewed.connect(_mark, dispatch_uid="config.wiring.search")
