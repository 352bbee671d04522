"""What the shop's pages show, gathered in as few questions as there are sources: products, stock rows, pictures,
certificates, lots. Cards are made here for every page that shows goods.
"""

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
from catalog.places import selectors as places
from catalog.producers import selectors as producers
from catalog.products import selectors as products
from kernel import clock, pagecache
from kernel.money import dong, format_dong
from marketplace.sellers import selectors as sellers
from marketplace.shipping import selectors as shipping
from marketplace.shipping.domain import ShipLine
from marketplace.storefront.domain import RELATED, Stock, combo_available, saving, stock_of, unit_price
from marketplace.storefront.labels import STOCK, WRAPPINGS, paper_label
from marketplace.storefront.models import FormerSlug
from traceability.lots import selectors as lots

if TYPE_CHECKING:
    from kernel.pictures.models import Picture


CARDS_KEPT = 3000


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
        available=max(0, record.net_stock_level) if record.partner.is_active else 0,
        gross_g=product.gross_g or product.net_g or 0,
        partner_id=record.partner_id,
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

    @property
    def stock(self) -> Stock:
        return self.pack.stock if self.pack else Stock.OUT

    @property
    def sellable(self) -> bool:
        return any(pack.sellable for pack in self.packs)


def product_page(slug: str, *, pack_id: int | None = None, day: date | None = None) -> ProductPage | None:
    """The page of a public product: six queries with everything on it."""
    day = day or clock.today()
    product = products.pages().select_related("aside").filter(slug=slug, combo=None).first()
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
        front = (shown.get(pk) or [None])[0]
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
    )


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
        card = card_of(goods, (shown.get(pk) or [None])[0], stars[pk].stars if pk in stars else None)
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


def stock_words(stock: Stock) -> tuple[str, str]:
    """The words and the mood of a stock state."""
    text, kind = STOCK[stock]
    return str(text), kind


def exact_stock(pack_ids: Iterable[int]) -> dict[int, int]:
    """How many of each size can be bought this moment."""
    return {pack.product_id: pack.available for goods in goods_by_pack(pack_ids).values() for pack in goods.packs}


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
