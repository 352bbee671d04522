"""What some goods cost today: lines per single product, discount, delivery per seller, one total."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from catalog.bundles.selectors import components_of, wrapping_fees
from catalog.producers.selectors import sale_block_reasons
from kernel import clock
from kernel.money import dong, split_largest_remainder
from marketplace.orders.domain import Sums
from marketplace.sellers.selectors import records_of_packs
from marketplace.shipping import selectors as shipping
from marketplace.shipping.domain import FALLBACK_WEIGHT_G, Quote, ShipLine
from marketplace.vouchers import selectors as vouchers


@dataclass(frozen=True)
class Wish:
    """What somebody wants: a product (or combo, with its wrapping and card) and how many.

    `agreed_price` is a price agreed before (live sale, counter); otherwise that of the day counts.
    """

    product_id: int
    quantity: int
    wrapping: str = ""
    card_text: str = ""
    agreed_price: int | None = None


@dataclass(frozen=True)
class Item:
    """One line of an order to be: a single product of one seller."""

    product_id: int
    record_id: int
    sku: str
    partner_id: int
    partner_name: str
    title: str
    title_en: str
    pack: str
    pack_en: str
    gtin: str
    quantity: int
    unit_price: int | None
    list_total: int
    weight_g: int
    abv: float
    discount: int = 0
    bundle_key: str = ""
    bundle_title: str = ""
    bundle_title_en: str = ""
    bundle_product_id: int | None = None
    bundle_quantity: int = 0
    wrapping: str = ""
    card_text: str = ""
    house_id: int | None = None

    @property
    def sender_id(self) -> int:
        """Whose parcel it travels in: gift boxes are gathered by the house and sent together."""
        return self.house_id or self.partner_id

    @property
    def total(self) -> int:
        return self.list_total - self.discount


@dataclass(frozen=True)
class OrderQuote:
    items: tuple[Item, ...]
    shipping: Quote
    blocked: dict[int, str] = field(default_factory=dict)
    voucher: Any = None
    voucher_error: str = ""

    @property
    def sums(self) -> Sums:
        return Sums(
            goods=sum(item.list_total for item in self.items),
            discount=sum(item.discount for item in self.items),
            shipping=self.shipping.total,
        )

    @property
    def total(self) -> int:
        return self.sums.total

    @property
    def has_alcohol(self) -> bool:
        return any(item.abv > 0 for item in self.items)

    @property
    def pieces(self) -> int:
        return sum(item.quantity for item in self.items)


def build(
    wishes: Iterable[Wish],
    *,
    commune_code: str = "",
    province_code: str = "",
    voucher_code: str = "",
    phone: str = "",
    pickup: bool = False,
) -> OrderQuote:
    """Price `wishes` from the records of now. Goods that cannot be sold are named in `blocked` with the reason.

    A combo's price, with the fee of its wrapping, is shared over its components by largest remainder, weighted by
    their own prices, so that the parts of all sellers add up to what the buyer pays.
    """
    wishes = list(wishes)
    combos = components_of({wish.product_id for wish in wishes})
    needed = {wish.product_id for wish in wishes} | {part for parts in combos.values() for part, _ in parts}
    records = {record.product_id: record for record in records_of_packs(needed)}
    blocked = {
        wish.product_id: reason
        for wish in wishes
        if (reason := _why_not(wish.product_id, records, combos.get(wish.product_id, [])))
    }
    stopped = [product_id for product_id, record in records.items() if record.paper_lapsed]
    lapsed = sale_block_reasons(stopped, clock.today()) if stopped else {}
    for wish in wishes:
        for part, _ in [(wish.product_id, 1), *combos.get(wish.product_id, [])]:
            if part in lapsed:
                blocked.setdefault(wish.product_id, lapsed[part])
    fees = wrapping_fees(combos) if any(wish.wrapping for wish in wishes) else {}
    items: list[Item] = []
    for number, wish in enumerate(wishes, 1):
        if wish.product_id in blocked:
            continue
        record = records[wish.product_id]
        if wish.product_id in combos:
            fee = fees.get((wish.product_id, wish.wrapping), 0)
            items += _combo_items(record, wish, fee, combos[wish.product_id], records, f"b{number}")
        else:
            price = dong(record.price) if wish.agreed_price is None else wish.agreed_price
            items.append(_item(record, wish.quantity, price, price * wish.quantity))
    voucher, voucher_error = None, ""
    if voucher_code and items:
        rows = [vouchers.Row(item.partner_id, item.list_total, item.abv) for item in items]
        cut = vouchers.discount_for(voucher_code, rows, phone=phone)
        voucher, voucher_error = cut.voucher, cut.error
        items = [replace(item, discount=part) for item, part in zip(items, cut.parts, strict=True)]
    lines = [ShipLine(i.sender_id, i.weight_g * i.quantity, i.total) for i in items]
    carried = Quote() if pickup else shipping.quote(lines, commune_code, province_code)
    return OrderQuote(tuple(items), carried, blocked, voucher, voucher_error)


def _why_not(product_id: int, records: dict[int, Any], parts: list[tuple[int, int]]) -> str:
    for wanted in (product_id, *(part for part, _ in parts)):
        record = records.get(wanted)
        if record is None or record.price is None:
            return "no_price"
        if not (record.product.is_public and getattr(record.partner, "is_active", True)):
            return "hidden"
        if parts and wanted != product_id and record.product.is_spirits:
            return "alcohol"
    return ""


def _item(record: Any, quantity: int, unit_price: int | None, list_total: int, **bundle: Any) -> Item:
    product = record.product
    named = product.parent if product.parent_id else product
    return Item(
        product_id=product.pk,
        record_id=record.pk,
        sku=record.partner_sku,
        partner_id=record.partner_id,
        partner_name=record.partner.name,
        title=named.title,
        title_en=named.title_en,
        pack=product.pack,
        pack_en=product.pack_en,
        gtin=product.gtin or "",
        quantity=quantity,
        unit_price=unit_price,
        list_total=list_total,
        weight_g=product.gross_g or product.net_g or FALLBACK_WEIGHT_G,
        abv=float(product.abv_percent or named.abv_percent or 0),
        **bundle,
    )


def _combo_items(
    record: Any, wish: Wish, fee: int, parts: list[tuple[int, int]], records: dict[int, Any], key: str
) -> list[Item]:
    price = (dong(record.price) + fee) * wish.quantity
    shares = split_largest_remainder(price, [dong(records[part].price) * each for part, each in parts])
    bundle = {
        "bundle_key": key,
        "bundle_title": record.product.title,
        "bundle_title_en": record.product.title_en,
        "bundle_product_id": record.product_id,
        "bundle_quantity": wish.quantity,
        "wrapping": wish.wrapping,
        "card_text": wish.card_text,
        "house_id": record.partner_id,
    }
    return [
        _item(records[part], each * wish.quantity, None, share, **bundle)
        for (part, each), share in zip(parts, shares, strict=True)
    ]
