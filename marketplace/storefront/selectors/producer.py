"""The page of one producer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from catalog.producers import selectors as producers
from catalog.producers.selectors import paper_label
from catalog.products import selectors as products
from kernel import clock
from marketplace.storefront.selectors.goods import Text, cards, words


@dataclass
class ProducerPage:
    """Everything the page of a producer says."""

    producer: Any
    name: Text
    place: Any
    goods: list[dict[str, Any]]
    papers: list[dict[str, Any]]

    @property
    def phone(self) -> str:
        """Shown only where the producer agreed."""
        shown = self.producer.contact_policy == "phone"
        return self.producer.phone if shown else ""


def producer_page(slug: str, *, day: date | None = None) -> ProducerPage | None:
    """The page of a producer with its public goods."""
    producer = producers.pages().filter(slug=slug).first()
    if producer is None:
        return None
    ids = list(products.pages().filter(producer_id=producer.pk, combo=None).values_list("pk", flat=True))
    return ProducerPage(
        producer=producer,
        name=words(producer, "name"),
        place=producer.commune,
        goods=cards(ids, day=day),
        papers=[
            {"title": paper_label(p.kind), "number": p.number, "until": p.valid_to}
            for p in producers.papers_for(producer.pk, None)
            if p.valid_to is None or p.valid_to >= (day or clock.today())
        ],
    )
