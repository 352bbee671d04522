"""The page of one gift set."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from catalog.certification import selectors as certification
from catalog.pictures import selectors as pictures
from catalog.products import selectors as products
from kernel import clock
from marketplace.storefront.domain import Stock, combo_available, saving, stock_of
from marketplace.storefront.labels import WRAPPINGS
from marketplace.storefront.selectors.goods import Pack, Text, address, card_of, goods_by_pack, words

if TYPE_CHECKING:
    from kernel.pictures.models import Picture


@dataclass
class ComboPart:
    """One thing in a gift set."""

    card: dict[str, Any]
    quantity: int
    pack: Pack | None
    apart: int | None

    @property
    def missing(self) -> bool:
        return self.pack is None or self.pack.available < self.quantity


@dataclass
class ComboPage:
    """Everything the page of a gift set says."""

    product: Any
    combo: Any
    name: Text
    price: int | None
    parts: list[ComboPart]
    gallery: list[Picture]
    wrappings: list[dict[str, Any]]
    available: int
    others: list[dict[str, Any]] = field(default_factory=list)

    @property
    def trail(self) -> list[dict[str, str]]:
        return [{"url": address("/qua-tang/"), "text": _("Gifts")}]

    @property
    def apart(self) -> int:
        return sum(part.apart or 0 for part in self.parts)

    @property
    def saved(self) -> int:
        return saving(self.apart, self.price or 0)[0] if self.price is not None else 0

    @property
    def percent(self) -> float:
        return saving(self.apart, self.price or 0)[1] if self.price is not None else 0.0

    @property
    def sellable(self) -> bool:
        return self.price is not None and self.available > 0

    @property
    def missing(self) -> list[ComboPart]:
        return [part for part in self.parts if part.missing]

    @property
    def adult(self) -> bool:
        return any(part.card["adult"] for part in self.parts)

    @property
    def stock(self) -> Stock:
        return stock_of(self.available)


def combo_page(slug: str, *, day: date | None = None) -> ComboPage | None:
    """The page of a public gift set; it can be sold as often as its scarcest component allows."""
    product = products.pages().filter(slug=slug, combo__isnull=False).select_related("combo").first()
    if product is None:
        return None
    combo = product.combo
    components = list(combo.components.all())
    wanted = [product.pk, *(component.product_id for component in components)]
    by_pack = {pack.product_id: (goods, pack) for goods in goods_by_pack(wanted).values() for pack in goods.packs}
    owners = [by_pack[c.product_id][0].product.pk for c in components if c.product_id in by_pack]
    shown = pictures.galleries([product.pk, *owners])
    stars = certification.current_stars(owners, day or clock.today())
    parts = []
    for component in components:
        goods, pack = by_pack.get(component.product_id, (None, None))
        if goods is None or pack is None:
            continue
        pk = goods.product.pk
        card = card_of(goods, next(iter(shown.get(pk, [])), None), stars[pk].stars if pk in stars else None)
        apart = None if pack.price is None else pack.price * component.quantity
        parts.append(ComboPart(card, component.quantity, pack, apart))
    own = by_pack.get(product.pk, (None, None))[1]
    whole = len(parts) == len(components)
    return ComboPage(
        product=product,
        combo=combo,
        name=words(product, "title"),
        price=own.price if own else None,
        parts=parts,
        gallery=[picture for picture in shown.get(product.pk, []) if picture.ready],
        wrappings=[
            {"code": w.code, "label": str(WRAPPINGS.get(w.code, w.code)), "fee": w.fee} for w in combo.wrappings.all()
        ],
        available=combo_available([(p.pack.available, p.quantity) for p in parts if p.pack]) if whole else 0,
    )
