"""The page of one product: six questions, however much is on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.certification import selectors as certification
from catalog.pictures import selectors as pictures
from catalog.places import selectors as places
from catalog.producers import selectors as producers
from catalog.producers.selectors import paper_label
from catalog.products import selectors as products
from kernel import clock, pagecache
from marketplace.shipping import selectors as shipping
from marketplace.shipping.domain import ShipLine
from marketplace.storefront.domain import RELATED, Stock
from marketplace.storefront.selectors.goods import Pack, Text, address, card_of, front_pack, goods_of, words
from traceability.lots import selectors as lots

if TYPE_CHECKING:
    from kernel.pictures.models import Picture

CARDS_KEPT = 3000
# Columns of joined tables that the page does not read: they cost more to select than all that it does.
_UNITS = (
    "commune",
    "commune__historic_district",
    "producer__commune",
    "producer__commune__historic_district",
    "district",
)
_UNIT = ("folded", "level", "unit_type", "slug", "valid_from", "valid_to", "label_lat", "label_lon", "parent")
UNREAD = (
    *(f"{unit}__{name}" for unit in _UNITS for name in _UNIT),
    *("keywords", "register_key", "registered_name", "meta_title", "meta_description", "upc"),
    *("producer__about", "producer__about_en", "producer__address", "producer__phone", "producer__registration_number"),
)


@dataclass
class ProductPage:
    """Everything the page of one product says."""

    product: Any
    name: Text
    packs: list[Pack]
    pack: Pack | None
    gallery: list[Picture]
    trail: list[dict[str, str]]
    certificate: Any = None
    lapsed: Any = None
    history: list[Any] = field(default_factory=list)
    lots: list[Any] = field(default_factory=list)
    related: list[dict[str, Any]] = field(default_factory=list)
    stories: list[dict[str, Any]] = field(default_factory=list)
    chain: list[dict[str, str]] = field(default_factory=list)
    papers: list[Any] = field(default_factory=list)
    reviews: list[Any] = field(default_factory=list)
    stop_reason: str = ""

    @property
    def stock(self) -> Stock:
        return self.pack.stock if self.pack else Stock.OUT

    @property
    def sellable(self) -> bool:
        return any(pack.sellable for pack in self.packs)


def product_page(slug: str, *, pack_id: int | None = None, day: date | None = None) -> ProductPage | None:
    """The page of a public product: six queries with everything on it."""
    day = day or clock.today()
    product = products.pages().select_related("aside").defer(*UNREAD).filter(slug=slug, combo=None).first()
    if product is None:
        return None
    aside = getattr(product, "aside", None)
    kept = _kept_cards(day)
    related = aside.related if aside else []
    ids = [product.pk, *(pk for pk in related if pk not in kept)]
    shelf = goods_of(ids)
    shown = pictures.galleries(ids)
    rows = certification.certificates_of(ids)
    for pk in ids[1:]:
        now = _current(rows.get(pk, []), day)
        fit = pk in shelf and shelf[pk].product.is_public and shelf[pk].available
        front = next(iter(shown.get(pk, [])), None)
        kept[pk] = card_of(shelf[pk], front, now.stars if now else None) if fit else None
    own = rows.get(product.pk, [])
    certificate = _current(own, day)
    packs = shelf[product.pk].packs if product.pk in shelf else []
    pack = next((p for p in packs if p.product_id == pack_id), None) or front_pack(packs)
    on_sale = lots_of([p.gtin for p in sorted(packs, key=lambda p: p is not pack)])
    return ProductPage(
        product=product,
        name=words(product, "title"),
        packs=packs,
        pack=pack,
        gallery=[picture for picture in shown.get(product.pk, []) if picture.ready],
        trail=trail_of(product),
        certificate=certificate,
        lapsed=None if certificate else next((row for row in own if row.state_on(day) == "expired"), None),
        history=own,
        lots=on_sale,
        chain=chain_of(aside, on_sale[0]) if aside and on_sale else [],
        related=[card for card in (kept[pk] for pk in related) if card][:RELATED],
        stories=stories_of(aside.stories if aside else []),
        papers=papers_of(product, day),
        reviews=reviews_of(product),
        stop_reason=stop_reason_of(pack, day),
    )


def stop_reason_of(pack: Pack | None, day: date) -> str:
    """Why this size may not be sold, asked only where its price row says so."""
    if pack is None or not pack.stopped:
        return ""
    return producers.sale_block_reasons([pack.product_id], day).get(pack.product_id, "")


_cards: tuple[tuple[Any, ...], dict[int, dict[str, Any] | None]] = ((), {})


def _kept_cards(day: date) -> dict[int, dict[str, Any] | None]:
    """Cards of related goods, made once per day, language and public version; None for what is not offered now."""
    global _cards
    key = (pagecache.version(), day, get_language())
    if _cards[0] != key or len(_cards[1]) > CARDS_KEPT:
        _cards = (key, {})
    return _cards[1]


def _current(rows: list[Any], day: date) -> Any:
    """The certificate that gives stars on the day."""
    return next((row for row in rows if certification.gives_stars(row, day)), None)


def trail_of(product: Any) -> list[dict[str, str]]:
    """All products › group › set, for the path on top of the page."""
    steps = [{"url": address("/san-pham/"), "text": _("Products")}]
    for category in products.category_trail(product.set_number):
        steps.append({"url": address(f"/nhom/{category.slug}/"), "text": str(words(category, "name"))})
    return steps


def lots_of(gtins: list[str]) -> list[Any]:
    """Lots on sale of these sizes, the oldest fit one first: it is the one that is sent."""
    wanted = [gtin for gtin in gtins if gtin]
    if not wanted:
        return []
    found = lots.lots_on_sale(wanted)
    return [lot for gtin in wanted for lot in found.get(gtin, [])]


def chain_of(aside: Any, lot: Any) -> list[dict[str, str]]:
    """The way of the lot that is sent next; nothing while what was written down is about another lot."""
    known = aside.chains.get(lot.gtin)
    if known is None or known["lot"] != lot.code:
        return []
    return known["en" if get_language() == "en" else "vi"]


def stories_of(stories: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Stories that tell about a product, in the language of the page where there is a translation."""
    english = get_language() == "en"
    shown = []
    for story in stories:
        translated = english and story.get("title_en")
        shown.append(
            {
                "title": story["title_en"] if translated else story["title"],
                "text": story.get("text_en") if translated else story.get("text"),
                "url": (story.get("url_en") or story["url"]) if english else story["url"],
                "picture": story.get("picture"),
                "lang": "vi" if english and not translated else "",
            }
        )
    return shown


def papers_of(product: Any, day: date) -> list[dict[str, Any]]:
    """Papers on record for the product and its maker that are in force on the day."""
    if product.producer_id is None:
        return []
    shown = []
    for paper in producers.papers_for(product.producer_id, product.pk):
        if paper.valid_to is None or paper.valid_to >= day:
            shown.append(
                {"title": paper_label(paper.kind), "number": paper.number, "until": paper.valid_to, "code": paper.kind}
            )
    return shown


def reviews_of(product: Any) -> list[Any]:
    """Approved reviews, newest first; not asked for where nobody has rated yet."""
    if product.rating is None:
        return []
    return list(product.reviews.filter(status=1).order_by("-date_created")[:20])


_provinces: list[Any] | None = None


def provinces() -> list[Any]:
    """The 34 provinces for the delivery question; they change by law, not by the hour, so each process asks once."""
    global _provinces
    if _provinces is None:
        _provinces = places.provinces()
    return _provinces


def delivery_to(pack: Pack | None, province_code: str) -> dict[str, Any] | None:
    """What sending one of this size to a province costs and when it is there; nothing for an unknown province."""
    province = next((unit for unit in provinces() if unit.code == province_code), None)
    if pack is None or pack.price is None or province is None:
        return None
    found = shipping.quote([ShipLine(pack.partner_id, pack.gross_g, pack.price)], province_code=province_code)
    return {"place": province.name, "by": found.arrives_by, "fee": found.total}
