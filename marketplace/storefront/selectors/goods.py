"""Words, addresses, sizes and cards: what every page that shows goods needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.certification import selectors as certification
from catalog.pictures import selectors as pictures
from kernel import clock
from kernel.money import dong, format_dong
from marketplace.sellers import selectors as sellers
from marketplace.storefront.domain import Stock, stock_of, unit_price
from marketplace.storefront.labels import STOCK
from marketplace.storefront.models import FormerSlug

if TYPE_CHECKING:
    from kernel.pictures.models import Picture


class Text(str):
    """A text that knows when it is not in the language of the page."""

    lang = ""


def words(obj: Any, name: str) -> Text:
    """`obj.<name>` in the language of the page; Vietnamese, and marked so, where there is no English."""
    vietnamese = getattr(obj, name) or ""
    if get_language() != "en":
        return Text(vietnamese)
    english = getattr(obj, f"{name}_en") or ""
    text = Text(english or vietnamese)
    text.lang = "" if english or not vietnamese else "vi"
    return text


@dataclass(frozen=True)
class Pack:
    """One size that can be put into the basket."""

    product_id: int
    gtin: str
    label: Text
    price: int | None
    per_measure: int | None
    basis: str
    available: int
    gross_g: int
    partner_id: int
    stopped: bool = False  # a mandatory paper has lapsed

    @property
    def stock(self) -> Stock:
        return stock_of(self.available)

    @property
    def sellable(self) -> bool:
        return self.price is not None and self.available > 0


def address(path: str) -> str:
    """A path of the shop in the language of the page."""
    return f"/en{path}" if get_language() == "en" else path


def product_url(slug: str, *, combo: bool = False) -> str:
    """The address of a product or gift set in the language of the page."""
    return reverse("storefront:combo" if combo else "storefront:product", kwargs={"slug": slug})


def producer_url(slug: str) -> str:
    return reverse("storefront:producer", kwargs={"slug": slug})


def certificate_url(number: str) -> str:
    return reverse("storefront:certificate", kwargs={"number": number})


def former_target(kind: str, slug: str) -> int | None:
    """The id of what once had this address."""
    return FormerSlug.objects.filter(kind=kind, slug=slug).values_list("target_id", flat=True).first()


@dataclass
class Goods:
    """A product with its sizes, smallest first; one without children is its own only size."""

    product: Any
    packs: list[Pack] = field(default_factory=list)

    @property
    def available(self) -> int:
        return sum(pack.available for pack in self.packs if pack.price is not None)


def goods_of(product_ids: Iterable[int]) -> dict[int, Goods]:
    """The products of these ids (parents or single ones) that have a price, with all sizes: one query."""
    return _grouped(sellers.records_of(product_ids))


def goods_by_pack(pack_ids: Iterable[int]) -> dict[int, Goods]:
    """The same by the ids of the sizes themselves (what lies in a basket or a gift set)."""
    return _grouped(sellers.records_of_packs(pack_ids))


def _grouped(records: Iterable[Any]) -> dict[int, Goods]:
    found: dict[int, Goods] = {}
    for record in records:
        product = record.product
        owner = product.parent if product.parent_id else product
        found.setdefault(owner.pk, Goods(owner)).packs.append(pack_from(record))
    for goods in found.values():
        goods.packs.sort(key=lambda pack: (pack.gross_g, pack.product_id))
    return found


def pack_from(record: Any) -> Pack:
    """A size out of its stock row."""
    product = record.product
    price = None if record.price is None else dong(record.price)
    return Pack(
        product_id=product.pk,
        gtin=product.gtin or "",
        label=words(product, "pack"),
        price=price,
        per_measure=unit_price(price, product.unit_price_basis, product.net_g, product.net_ml),
        basis=product.unit_price_basis,
        available=max(0, record.net_stock_level) if record.partner.is_active and not record.paper_lapsed else 0,
        gross_g=product.gross_g or product.net_g or 0,
        partner_id=record.partner_id,
        stopped=record.paper_lapsed,
    )


def unit_line(pack: Pack | None) -> str:
    """ "gói 500 g · 19.600 ₫/100 g"."""
    if pack is None:
        return ""
    measure = f"{format_dong(pack.per_measure)}/{pack.basis}" if pack.per_measure is not None else ""
    return " · ".join(part for part in (str(pack.label), measure) if part)


def maker_of(product: Any) -> tuple[str, str]:
    """Who made it and where, as cards say it: new commune, "HTX" short."""
    producer = product.producer
    maker = "" if producer is None or producer.is_placeholder else producer.name
    place = product.commune or (producer.commune if producer else None)
    return maker, place.short_name if place else ""


def card_of(goods: Goods, picture: Picture | None, stars: int | None, *, combo: bool = False) -> dict[str, Any]:
    """What `components/product-card.html` shows. Says in stock, few or sold out, never a number: pages are kept."""
    product = goods.product
    pack = front_pack(goods.packs)
    maker, place = maker_of(product)
    name = words(product, "title")
    stock = stock_of(goods.available)
    return {
        "id": product.pk,
        "url": product_url(product.slug, combo=combo),
        "name": name,
        "lang": name.lang,
        "picture": picture,
        "stars": stars,
        "maker": maker,
        "place": place,
        "price": pack.price if pack else None,
        "unit": unit_line(pack),
        "available": 0 if stock == Stock.OUT else None,
        "note": _("Only a few left") if stock == Stock.FEW else (_("18 and over") if product.is_alcohol else ""),
        "note_kind": "warn" if stock == Stock.FEW else "",
        "adult": product.is_alcohol,
        "rating": product.rating,
    }


def front_pack(packs: list[Pack]) -> Pack | None:
    """The size shown first: the smallest that can be bought, else the smallest."""
    return next((pack for pack in packs if pack.sellable), packs[0] if packs else None)


def cards(product_ids: Iterable[int], *, day: date | None = None) -> list[dict[str, Any]]:
    """Cards of public products in the given order, in three queries for any number."""
    ids = list(product_ids)
    shelf = goods_of(ids)
    kept = [pk for pk in ids if pk in shelf and shelf[pk].product.is_public]
    front = pictures.main_pictures(kept)
    stars = certification.current_stars(kept, day or clock.today())
    return [card_of(shelf[pk], front.get(pk), stars[pk].stars if pk in stars else None) for pk in kept]


def stock_words(stock: Stock) -> tuple[str, str]:
    """The words and the mood of a stock state."""
    text, kind = STOCK[stock]
    return str(text), kind


def exact_stock(pack_ids: Iterable[int]) -> dict[int, int]:
    """How many of each size can be bought this moment."""
    return {pack.product_id: pack.available for goods in goods_by_pack(pack_ids).values() for pack in goods.packs}
