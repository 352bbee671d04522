"""What the basket and checkout pages show: goods by parcel, what changed since they were put in, one total."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

from catalog.bundles.selectors import components_of, wrapping_fees
from catalog.pictures.selectors import main_pictures
from kernel.money import dong
from marketplace.baskets.domain import MOST
from marketplace.inventory import selectors as inventory
from marketplace.orders.selectors import OrderQuote, Wish, quote
from marketplace.sellers.selectors import records_of_packs


@dataclass
class ShownLine:
    """One line of the basket as it is today."""

    pk: int
    product_id: int
    name: str
    lang: str
    url: str
    pack: str
    picture: Any
    asked: int
    quantity: int
    most: int
    price: int
    old_price: int
    abv: Any
    seller: str
    place: str
    wrapping: str = ""
    card_text: str = ""
    is_combo: bool = False
    is_sold: bool = True
    agreed_price: int | None = None

    @property
    def total(self) -> int:
        return self.price * self.quantity

    @property
    def is_reduced(self) -> bool:
        return 0 < self.quantity < self.asked

    @property
    def is_out(self) -> bool:
        return self.is_sold and self.quantity == 0

    @property
    def price_changed(self) -> bool:
        return self.is_sold and self.price != self.old_price

    @property
    def wish(self) -> Wish:
        return Wish(self.product_id, self.quantity, self.wrapping, self.card_text, self.agreed_price)


@dataclass
class BasketPage:
    lines: list[ShownLine] = field(default_factory=list)
    aside: list[ShownLine] = field(default_factory=list)
    quote: OrderQuote | None = None

    @property
    def buyable(self) -> list[ShownLine]:
        return [line for line in self.lines if line.quantity]

    @property
    def is_empty(self) -> bool:
        return not self.lines and not self.aside

    @property
    def pieces(self) -> int:
        return sum(line.quantity for line in self.buyable)

    @property
    def parcels(self) -> list[dict[str, Any]]:
        """Lines by seller, as `components/parcel.html` shows them; gift boxes stand by themselves."""
        days = {p.partner_id: p.arrives_by for p in self.quote.shipping.parcels} if self.quote else {}
        sellers = {i.product_id: i.partner_id for i in self.quote.items if not i.bundle_key} if self.quote else {}
        groups: dict[str, list[ShownLine]] = {}
        for line in self.lines:
            groups.setdefault(line.seller, []).append(line)
        return [
            {
                "number": number,
                "place": lines[0].place or seller,
                "day": days.get(sellers.get(lines[0].product_id, 0)),
                "lines": lines,
            }
            for number, (seller, lines) in enumerate(groups.items(), 1)
        ]

    @property
    def has_alcohol(self) -> bool:
        return bool(self.quote and self.quote.has_alcohol)


def basket_page(
    rows: Sequence[Any],
    *,
    commune_code: str = "",
    province_code: str = "",
    voucher_code: str = "",
    phone: str = "",
    pickup: bool = False,
) -> BasketPage:
    """The basket's rows as they can be bought now. Nothing is written: too high a number is only shown lower."""
    ids = {row.product_id for row in rows}
    records = {record.product_id: record for record in records_of_packs(ids)}
    combos = components_of(ids)
    left = inventory.available(ids)
    owners = {r.product.parent_id or r.product_id for r in records.values()}
    pictures = main_pictures(owners)
    fees = wrapping_fees(combos) if combos else {}
    taken: dict[int, int] = {}
    page = BasketPage()
    for row in rows:
        line = _shown(row, records.get(row.product_id), left, taken, pictures, combos, fees)
        (page.aside if row.is_saved else page.lines).append(line)
    if page.buyable:
        page.quote = quote(
            [line.wish for line in page.buyable],
            commune_code=commune_code,
            province_code=province_code,
            voucher_code=voucher_code,
            phone=phone,
            pickup=pickup,
        )
        for line in page.buyable:
            if line.product_id in page.quote.blocked:
                line.quantity, line.is_sold = 0, False
    return page


def _shown(
    row: Any,
    record: Any,
    left: dict[int, int],
    taken: dict[int, int],
    pictures: dict[int, Any],
    combos: dict[int, Any],
    fees: dict[tuple[int, str], int],
) -> ShownLine:
    free = max(0, left.get(row.product_id, 0) - taken.get(row.product_id, 0))
    sold = record is not None and record.price is not None and record.product.is_public
    quantity = min(row.quantity, free, MOST) if sold else 0
    if row.is_held:
        quantity = row.quantity
    elif not row.is_saved:
        taken[row.product_id] = taken.get(row.product_id, 0) + quantity
    product = record.product if record else row.product
    owner = product.parent if product.parent_id else product
    english = get_language() == "en"
    name = (owner.title_en if english else "") or owner.title
    fee = fees.get((row.product_id, row.wrapping), 0)
    price = dong(record.price) + fee if sold else 0
    if row.is_held:
        price = row.agreed_price
    is_combo = row.product_id in combos
    producer = None if is_combo else owner.producer
    commune = owner.commune or getattr(producer, "commune", None)
    return ShownLine(
        pk=row.pk,
        product_id=row.product_id,
        name=name,
        lang="vi" if english and not owner.title_en else "",
        url=reverse("storefront:combo" if is_combo else "storefront:product", kwargs={"slug": owner.slug}),
        pack=(product.pack_en if english else "") or product.pack,
        picture=pictures.get(owner.pk),
        asked=row.quantity,
        quantity=quantity,
        most=min(free, MOST),
        price=price,
        old_price=dong(row.price_incl_tax or 0) + fee,
        abv=product.abv_percent or owner.abv_percent,
        seller="combo" if is_combo else (record.partner.name if record else ""),
        place=commune.short_name if commune and not is_combo else "",
        wrapping=row.wrapping,
        card_text=row.card_text,
        is_combo=is_combo,
        is_sold=sold or row.is_held,
        agreed_price=row.agreed_price if row.is_held else None,
    )
