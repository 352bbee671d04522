"""Reading orders: by secret link, by phone's owner, by seller. Somebody else's looks like none."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import Prefetch, QuerySet

from kernel import clock
from kernel.actors import Actor
from marketplace.accounts.domain import phone_masked
from marketplace.orders.domain import number_read
from marketplace.orders.errors import OrderNotFound
from marketplace.orders.models import Line, LineLot, Order, OrderEvent, SellerOrder
from marketplace.orders.quote import Item, OrderQuote, Wish
from marketplace.orders.quote import build as quote

__all__ = ["Item", "OrderNotFound", "OrderQuote", "Wish", "quote"]

_PARTS = Prefetch(
    "seller_orders",
    SellerOrder.objects.select_related("partner__producer__commune").prefetch_related(
        Prefetch("lines", Line.objects.select_related("product__parent").prefetch_related("lots")), "parcels"
    ),
)


def order_by_link(number: str, key: str) -> Order:
    """An order by its secret link. Raises: OrderNotFound (wrong, unknown and run out look the same)."""
    plain = number_read(number)
    order = Order.objects.filter(number=plain).prefetch_related(_PARTS).first() if plain else None
    if order is None or not order.access_key or not hmac.compare_digest(order.access_key, key or ""):
        raise OrderNotFound
    if not order.link_is_open:
        raise OrderNotFound
    return order


def order_by_submit(key: str) -> Order | None:
    """The order that this submit key has made, if it has."""
    return Order.objects.filter(idempotency_key=key).first() if key else None


def order_by_id(order_id: int) -> Order | None:
    return Order.objects.filter(pk=order_id).first()


def orders_of_user(user: object) -> QuerySet[Order]:
    """A signed-in buyer's orders, newest first."""
    return Order.objects.filter(user=user).order_by("-id")


def order_of_user(user: object, number: str) -> Order:
    """Raises: OrderNotFound."""
    order = orders_of_user(user).filter(number=number_read(number) or "").prefetch_related(_PARTS).first()
    if order is None:
        raise OrderNotFound
    return order


def orders_for_office() -> QuerySet[Order]:
    return Order.objects.prefetch_related("seller_orders__partner").order_by("-id")


def order_for_office(number: str) -> Order:
    """Raises: OrderNotFound."""
    order = Order.objects.filter(number=number_read(number) or "").prefetch_related(_PARTS).first()
    if order is None:
        raise OrderNotFound
    return order


def seller_orders_of(partner_id: int) -> QuerySet[SellerOrder]:
    """A seller's parts, newest first; those of unpaid orders are not his yet."""
    return (
        SellerOrder.objects.filter(partner_id=partner_id, placed_at__isnull=False)
        .select_related("order")
        .prefetch_related("lines", "lines__lots", "parcels")
        .order_by("-id")
    )


def seller_order_get(partner_id: int, number: str) -> SellerOrder:
    """One part of this seller. Raises: OrderNotFound, also for another seller's."""
    found = seller_orders_of(partner_id).filter(number=number).first()
    if found is None:
        raise OrderNotFound
    return found


@dataclass(frozen=True)
class BuyerView:
    """What a seller may know of the buyer: enough to deliver, and less once that is done."""

    name: str
    phone: str
    street: str
    place: str
    note: str
    is_masked: bool


def buyer_for_seller(part: SellerOrder) -> BuyerView:
    """The buyer's data as the seller of this part may see them today."""
    order = part.order
    over = part.ended_at or part.delivered_at
    masked = over is not None and over + timedelta(days=settings.BUYER_MASK_DAYS) < clock.now()
    if masked or part.state in ("cancelled", "declined"):
        return BuyerView(name_masked(order.buyer_name), phone_masked(order.buyer_phone), "", order.place_text, "", True)
    return BuyerView(order.buyer_name, order.buyer_phone, order.street, order.place_text, order.note, False)


def name_masked(name: str) -> str:
    """ "Nguyễn Thị Hạnh" -> "N. T. Hạnh"."""
    words = name.split()
    return " ".join([*(word[0] + "." for word in words[:-1]), *words[-1:]])


def history(order: Order, part: SellerOrder | None = None) -> list[OrderEvent]:
    """Steps of an order; for a seller only those of the order as a whole and of his own part."""
    events = OrderEvent.objects.filter(order=order)
    if part is not None:
        events = events.filter(seller_order__in=[part]) | events.filter(seller_order__isnull=True, subject="order")
    return list(events.order_by("id"))


def orders_with_lot(gtin: str, lot_code: str) -> list[int]:
    """Ids of orders that got pieces of a lot (reach of a recall)."""
    return list(
        LineLot.objects.filter(gtin=gtin, lot_code=lot_code).values_list("line__order_id", flat=True).distinct()
    )


def can_see(actor: Actor, order: Order) -> bool:
    """The buyer's own, or the office."""
    return actor.has_role("office", "administrators") or (actor.user is not None and order.user_id == actor.user.pk)


@dataclass(frozen=True)
class PartForBooks:
    """One seller's part as the ledger needs it: what was not cancelled."""

    number: str
    partner_id: int
    seller_type: str
    gross: int
    discount: int
    shipping: int
    hold_key: str = ""


def part_numbers(order_numbers: Iterable[str]) -> list[str]:
    """Numbers of the sellers' parts of these orders."""
    return list(SellerOrder.objects.filter(order__number__in=list(order_numbers)).values_list("number", flat=True))


def part_for_books(seller_order_id: int) -> PartForBooks:
    part = SellerOrder.objects.select_related("partner__producer", "order").get(pk=seller_order_id)
    lines = [line for line in part.lines.all() if line.status != "cancelled"]
    producer = part.partner.producer
    return PartForBooks(
        number=part.number,
        partner_id=part.partner_id,
        seller_type=producer.legal_form if producer else "company",
        gross=sum(line.list_total for line in lines),
        discount=sum(line.discount for line in lines),
        shipping=part.shipping_fee,
        hold_key=part.order.hold_key,
    )


def pickup_parts(point: str, code: str) -> list[SellerOrder]:
    """The parts of the order with this code that wait at (or come to) a sales point; none for another point's."""
    plain = number_read(code)
    rows = SellerOrder.objects.filter(order__number=plain or "", order__pickup_point=point, placed_at__isnull=False)
    return list(rows.select_related("order", "partner").prefetch_related("lines").order_by("pk"))


def parts_to_send(partner_id: int) -> list[SellerOrder]:
    """What a seller has to pack or hand over, oldest first, with what the slips say."""
    found = seller_orders_of(partner_id).filter(state__in=("accepted", "packed"), on_hold=False)
    return list(found.select_related("order", "partner").prefetch_related("lines__product").order_by("id"))
