"""Placing an order: one transaction from the order's row to the letter in the outbox.

The order stands, with its goods held, before any money moves. Cash on delivery is `placed` at once; transfers and
cards wait for the money.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kernel import clock
from kernel.actors import SYSTEM, Actor
from kernel.money import format_dong
from marketplace.inventory import services as inventory
from marketplace.inventory.errors import HoldGone, SoldOut
from marketplace.orders import domain
from marketplace.orders.errors import AdultsOnly, NotForSale, NothingToOrder, TotalChanged
from marketplace.orders.models import Line, Order, SellerOrder
from marketplace.orders.quote import OrderQuote, Wish, build
from marketplace.orders.services import letters as messages
from marketplace.orders.services.moves import move_order, note
from marketplace.orders.signals import order_placed, seller_order_moved
from marketplace.payments import selectors as payments_read
from marketplace.payments import services as payments
from marketplace.payments.domain import Method
from marketplace.shipping.domain import BOX_G
from marketplace.vouchers import services as vouchers

MONTH_SECONDS = 30 * 24 * 3600


@dataclass(frozen=True)
class Buyer:
    """Who receives it. `phone` is E.164."""

    name: str
    phone: str
    email: str = ""


@dataclass(frozen=True)
class Place:
    """Where it goes: a commune with its text of the day, or a sales point."""

    commune_code: str = ""
    province_code: str = ""
    text: str = ""
    street: str = ""
    note: str = ""
    pickup_point: str = ""
    pickup_name: str = ""


@dataclass(frozen=True)
class _Plan:
    """Everything about an order to be that is known before the transaction."""

    quote: OrderQuote
    wishes: list[Wish]
    buyer: Buyer
    place: Place
    method: str
    fields: dict[str, Any] = field(default_factory=dict)


def order_place(
    *,
    actor: Actor,
    wishes: Iterable[Wish],
    buyer: Buyer,
    place: Place,
    method: str,
    idempotency_key: str,
    language: str = "vi",
    adult_confirmed: bool = False,
    voucher_code: str = "",
    expected_total: int | None = None,
    channel: str = "web",
    session_ref: str = "",
    location_id: int | None = None,
    hold_key: str = "",
    ref: str = "",
    basket_id: int | None = None,
    invoice: dict[str, str] | None = None,
    quote: OrderQuote | None = None,
) -> Order:
    """Place an order. The same `idempotency_key` a second time returns the first order and does nothing else.

    `hold_key` names goods that are held already (a live sale); otherwise they are reserved here. `quote` is that of
    the same wishes, place, voucher and phone if the caller has just made it.

    Raises: NothingToOrder, NotForSale, SoldOut, AdultsOnly, TotalChanged, CodTooHigh, CodTooMany, VoucherUsed.
    """
    known = Order.objects.filter(idempotency_key=idempotency_key).first()
    if known is not None:
        return known
    wishes = list(wishes)
    if not wishes:
        raise NothingToOrder
    quote = quote or build(
        wishes,
        commune_code=place.commune_code,
        province_code=place.province_code,
        voucher_code=voucher_code,
        phone=buyer.phone,
        pickup=bool(place.pickup_point) or channel == "pos",
    )
    _check(quote, buyer, method, adult_confirmed, expected_total, channel)
    plan = _Plan(
        quote,
        wishes,
        buyer,
        place,
        method,
        {
            "idempotency_key": idempotency_key,
            "language": language,
            "adult_confirmed": adult_confirmed,
            "voucher_code": voucher_code if quote.voucher else "",
            "channel": channel,
            "ref": ref or session_ref,
            "basket_id": basket_id,
            "invoice": invoice or {},
        },
    )
    try:
        return _write(actor, plan, session_ref, location_id, hold_key)
    except IntegrityError:
        known = Order.objects.filter(idempotency_key=idempotency_key).first()
        if known is None:
            raise
        return known


def _check(quote: OrderQuote, buyer: Buyer, method: str, adult: bool, expected: int | None, channel: str) -> None:
    for product_id, reason in quote.blocked.items():
        raise NotForSale(product_id=product_id, reason=reason, title=_("One of the goods"))
    if not quote.items:
        raise NothingToOrder
    if quote.has_alcohol and not adult:
        raise AdultsOnly
    if expected is not None and expected != quote.total:
        raise TotalChanged(total=format_dong(quote.total))
    if method == Method.COD and channel != "pos":
        payments_read.cod_check(phone=buyer.phone, amount=quote.total)


@transaction.atomic
def _write(actor: Actor, plan: _Plan, session_ref: str, location_id: int | None, hold_key: str) -> Order:
    now = clock.now()
    order = _order_row(actor, plan, now)
    prepaid = payments_read.is_prepaid(plan.method)
    ttl = settings.HOLD_SECONDS_PREPAID if prepaid else MONTH_SECONDS
    _hold(order, plan, ttl, session_ref, location_id, hold_key, sold=not prepaid)
    parts = _part_rows(order, plan.quote, now)
    _line_rows(order, plan.quote, parts)
    if plan.quote.voucher is not None:
        vouchers.voucher_redeem(
            voucher=plan.quote.voucher, phone=plan.buyer.phone, order_number=order.number, amount=order.discount_total
        )
    payments.payment_expect(
        reference=order.number,
        method=plan.method,
        amount=order.grand_total,
        phone=plan.buyer.phone,
        due_at=order.pay_by,
    )
    note(actor, order.pk, "order", new=order.status)
    if not prepaid:
        _become_placed(order, now)
    messages.order_mail(topic="order_placed", order_id=order.pk, key=f"order_placed:{order.number}")
    return order


def _order_row(actor: Actor, plan: _Plan, now: datetime) -> Order:
    sums, prepaid = plan.quote.sums, payments_read.is_prepaid(plan.method)
    return Order.objects.create(
        number=domain.number_make(),
        user=actor.user,
        currency="VND",
        total_incl_tax=Decimal(sums.total),
        total_excl_tax=Decimal(sums.total),
        shipping_incl_tax=Decimal(sums.shipping),
        shipping_excl_tax=Decimal(sums.shipping),
        shipping_code="pickup" if plan.place.pickup_point else "delivery",
        status=domain.OrderState.AWAITING_PAYMENT if prepaid else domain.OrderState.PLACED,
        guest_email=plan.buyer.email,
        date_placed=now,
        access_key=secrets.token_urlsafe(18),
        access_until=now + timedelta(days=settings.ORDER_LINK_DAYS),
        buyer_name=plan.buyer.name,
        buyer_phone=plan.buyer.phone,
        buyer_email=plan.buyer.email,
        province_code=plan.place.province_code,
        commune_code=plan.place.commune_code,
        place_text=plan.place.text,
        street=plan.place.street,
        note=plan.place.note,
        pickup_point=plan.place.pickup_point,
        pickup_name=plan.place.pickup_name,
        payment_method=plan.method,
        goods_total=sums.goods,
        discount_total=sums.discount,
        shipping_total=sums.shipping,
        grand_total=sums.total,
        pay_by=now + timedelta(seconds=settings.HOLD_SECONDS_PREPAID) if prepaid else None,
        **plan.fields,
    )


def _hold(
    order: Order, plan: _Plan, ttl: int, session_ref: str, location_id: int | None, hold_key: str, sold: bool
) -> None:
    """Take over the hold of a live sale, or hold the goods now (sell them at once if that is sure). Raises: SoldOut."""
    key = hold_key
    if not (key and inventory.extend(key=key, ttl=ttl)):
        key = f"order:{order.number}"
        inventory.reserve(
            lines=[(wish.product_id, wish.quantity) for wish in plan.wishes],
            key=key,
            ttl=ttl,
            channel=order.channel,
            session_ref=session_ref,
            location_id=location_id,
            sold=sold,
        )
    order.hold_key = key
    Order.objects.filter(pk=order.pk).update(hold_key=key)


def _part_rows(order: Order, quote: OrderQuote, now: datetime) -> dict[int, SellerOrder]:
    """One part per seller. A parcel's fee stands with its sender; that of a gift box with its first maker."""
    parcels = {parcel.partner_id: parcel for parcel in quote.shipping.parcels}
    payers: dict[int, int] = {}
    for item in quote.items:
        payers.setdefault(item.sender_id, item.partner_id)
    rows = []
    for number, partner_id in enumerate(dict.fromkeys(item.partner_id for item in quote.items), 1):
        own = [item for item in quote.items if item.partner_id == partner_id]
        mine = [parcels[item.sender_id] for item in own if item.sender_id in parcels]
        fees = [parcel.fee for sender, parcel in parcels.items() if payers.get(sender) == partner_id]
        rows.append(
            SellerOrder(
                order=order,
                partner_id=partner_id,
                number=f"{order.number}-{number}",
                goods_total=sum(item.list_total for item in own),
                discount_total=sum(item.discount for item in own),
                shipping_fee=sum(fees),
                weight_g=sum(item.weight_g * item.quantity for item in own) + BOX_G,
                promised_on=max((parcel.arrives_by for parcel in mine), default=None),
            )
        )
    return {row.partner_id: row for row in SellerOrder.objects.bulk_create(rows)}


def _line_rows(order: Order, quote: OrderQuote, parts: dict[int, SellerOrder]) -> None:
    Line.objects.bulk_create(
        Line(
            order=order,
            seller_order=parts[item.partner_id],
            partner_id=item.partner_id,
            partner_name=item.partner_name,
            partner_sku=item.sku,
            stockrecord_id=item.record_id,
            product_id=item.product_id,
            title=item.title,
            title_en=item.title_en,
            upc=item.gtin or None,
            gtin=item.gtin,
            pack=item.pack,
            pack_en=item.pack_en,
            quantity=item.quantity,
            num_allocated=0,
            status=domain.LineState.OPEN,
            line_price_incl_tax=Decimal(item.total),
            line_price_excl_tax=Decimal(item.total),
            line_price_before_discounts_incl_tax=Decimal(item.list_total),
            line_price_before_discounts_excl_tax=Decimal(item.list_total),
            unit_price_incl_tax=None if item.unit_price is None else Decimal(item.unit_price),
            unit_price_excl_tax=None if item.unit_price is None else Decimal(item.unit_price),
            unit_price=item.unit_price,
            list_total=item.list_total,
            discount=item.discount,
            weight_g=item.weight_g,
            bundle_key=item.bundle_key,
            bundle_title=item.bundle_title,
            bundle_title_en=item.bundle_title_en,
            bundle_product_id=item.bundle_product_id,
            bundle_quantity=item.bundle_quantity,
            wrapping=item.wrapping,
            card_text=item.card_text,
        )
        for item in quote.items
    )


def _become_placed(order: Order, now: datetime) -> None:
    """The sale is sure: goods leave the stock, the sellers see their parts, cash on delivery is due."""
    inventory.claim(key=order.hold_key)
    accept_by = now + timedelta(hours=settings.SELLER_ACCEPT_HOURS)
    SellerOrder.objects.filter(order=order).update(placed_at=now, accept_by=accept_by)
    for part in SellerOrder.objects.filter(order=order):
        if order.payment_method == Method.COD:
            payments.cod_due(order_reference=order.number, reference=part.number, amount=part.total)
        seller_order_moved.send(sender=SellerOrder, seller_order_id=part.pk, old="", new="placed")
        messages.seller_mail(seller_order_id=part.pk, key=f"seller_order:{part.number}")
    transaction.on_commit(partial(order_placed.send_robust, sender=Order, order_id=order.pk))


@transaction.atomic
def order_confirm_paid(*, number: str, actor: Actor = SYSTEM) -> str:
    """The money is there: the order becomes `placed`, or, if the goods are gone meanwhile, it is given back.

    Returns the state of the order. Safe to repeat.
    """
    order = Order.objects.select_for_update().get(number=number)
    if order.status == domain.OrderState.CANCELLED:
        payments.payment_close(reference=number, key=f"closed:{number}", reason="cancelled")
        return order.status
    if order.status != domain.OrderState.AWAITING_PAYMENT:
        return order.status
    if not _goods_are_there(order):
        from marketplace.orders.services.cancel import cancel_sold_out

        cancel_sold_out(order)
        return order.status
    move_order(actor, order, domain.OrderState.PLACED)
    _become_placed(order, clock.now())
    messages.order_mail(topic="order_paid", order_id=order.pk, key=f"order_paid:{number}")
    return order.status


def _goods_are_there(order: Order) -> bool:
    """The hold still stands, or the goods can be held once more (the money came late)."""
    if inventory.extend(key=order.hold_key, ttl=MONTH_SECONDS):
        return True
    wishes: dict[int, int] = {}
    for product_id, quantity in order.lines.values_list("product_id", "quantity"):
        if product_id is None:
            return False
        wishes[product_id] = wishes.get(product_id, 0) + quantity
    key = f"order:{order.number}:again"
    try:
        with transaction.atomic():
            inventory.reserve(lines=list(wishes.items()), key=key, ttl=MONTH_SECONDS, channel=order.channel)
    except (SoldOut, HoldGone):
        return False
    Order.objects.filter(pk=order.pk).update(hold_key=key)
    order.hold_key = key
    return True
