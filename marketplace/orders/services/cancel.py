"""Taking back: the whole order, one seller's part, one line; goods and money follow."""

from django.db import transaction
from django.db.models import F

from kernel import clock
from kernel.actors import SYSTEM, Actor
from marketplace.inventory import services as inventory
from marketplace.orders import domain
from marketplace.orders.errors import OrderMoved, TooLateToCancel
from marketplace.orders.models import Line, Order, SellerOrder
from marketplace.orders.services import letters as messages
from marketplace.orders.services.moves import finish_order, move_line, move_order, move_part
from marketplace.payments import services as payments
from marketplace.payments.domain import Method

CANCELLED = "cancelled"


@transaction.atomic
def cancel(*, order: Order, actor: Actor, reason: str = "") -> None:
    """Cancel what is not packed yet. The buyer pays nothing for it, and what he paid goes back.

    Raises: TooLateToCancel if every part is packed or further, OrderMoved if it has ended already.
    """
    order = Order.objects.select_for_update().get(pk=order.pk)
    if order.status == domain.OrderState.AWAITING_PAYMENT:
        _cancel_unpaid(order, actor, reason, CANCELLED)
    elif order.status != domain.OrderState.PLACED:
        raise OrderMoved(state=order.state_label)
    else:
        open_parts = list(order.seller_orders.filter(state__in=domain.SELLER_OPEN).order_by("pk"))
        if not open_parts:
            raise TooLateToCancel
        for part in open_parts:
            _undo_part(part, CANCELLED, actor, reason)
        Order.objects.filter(pk=order.pk).update(cancel_reason=reason[:200])
        finish_order(actor, order.pk)
    messages.order_mail(topic="order_cancelled", order_id=order.pk, key=f"order_cancelled:{order.number}")


@transaction.atomic
def seller_order_decline(*, part: SellerOrder, actor: Actor, reason: str) -> None:
    """The seller cannot fill his part. Raises: OrderMoved."""
    _undo_part(part, "declined", actor, reason)
    finish_order(actor, part.order_id)
    messages.order_mail(topic="order_declined", order_id=part.order_id, key=f"order_declined:{part.number}")


@transaction.atomic
def line_cancel(*, line: Line, actor: Actor, reason: str = "") -> None:
    """Cancel one line before packing; parts of a combo go together. The last line takes its part with it.

    Raises: TooLateToCancel.
    """
    part = SellerOrder.objects.select_for_update().get(pk=line.seller_order_id)
    if part.state not in domain.SELLER_OPEN or part.placed_at is None:
        raise TooLateToCancel
    lines = [line]
    if line.bundle_key:
        lines = list(Line.objects.filter(order_id=line.order_id, bundle_key=line.bundle_key))
        if any(other.seller_order.state not in domain.SELLER_OPEN for other in lines if other.seller_order):
            raise TooLateToCancel
    order = Order.objects.get(pk=line.order_id)
    taken = sum(_undo_line(order, each, actor, reason) for each in lines)
    for touched in {each.seller_order_id for each in lines}:
        part = SellerOrder.objects.get(pk=touched)
        if not part.lines.exclude(status=CANCELLED).exists():
            taken += part.shipping_fee
            move_part(actor, part, CANCELLED, reason)
        _cod_again(part)
    _take_off(order, taken, f"line:{line.pk}", reason)
    finish_order(actor, order.pk)


def expire_unpaid(limit: int = 100) -> int:
    """Cancel orders whose time to pay is over and whose goods are no longer held; returns how many."""
    due = Order.objects.filter(status=domain.OrderState.AWAITING_PAYMENT, pay_by__lte=clock.now()).order_by("pk")
    return sum(_expire(order.pk) for order in due[:limit])


@transaction.atomic
def _expire(pk: int) -> bool:
    order = Order.objects.select_for_update().get(pk=pk)
    if order.status != domain.OrderState.AWAITING_PAYMENT:
        return False
    _cancel_unpaid(order, SYSTEM, "not_paid", CANCELLED)
    messages.order_mail(topic="order_cancelled", order_id=order.pk, key=f"order_cancelled:{order.number}")
    return True


def cancel_sold_out(order: Order) -> None:
    """The money came after the goods had gone: everything goes back, and the buyer is told."""
    _cancel_unpaid(order, SYSTEM, "sold_out", CANCELLED)
    messages.order_mail(topic="order_sold_out", order_id=order.pk, key=f"order_sold_out:{order.number}")


def _cancel_unpaid(order: Order, actor: Actor, reason: str, state: str) -> None:
    inventory.release(key=order.hold_key, reason=reason or "cancelled", actor=actor)
    for part in order.seller_orders.order_by("pk"):
        for line in part.lines.all():
            move_line(actor, line, CANCELLED)
        move_part(actor, part, state, reason)
    move_order(actor, order, CANCELLED, reason, cancel_reason=reason[:200], cancelled_total=F("grand_total"))
    payments.payment_close(reference=order.number, key=f"closed:{order.number}", reason=reason or "cancelled")


def _undo_part(part: SellerOrder, state: str, actor: Actor, reason: str) -> None:
    """End one part before packing: goods back to where they came from, money off the order."""
    part = SellerOrder.objects.select_for_update().get(pk=part.pk)
    order = Order.objects.get(pk=part.order_id)
    taken = part.shipping_fee
    move_part(actor, part, state, reason, reason=reason[:200])
    for line in part.lines.exclude(status=CANCELLED).order_by("pk"):
        taken += _undo_line(order, line, actor, reason)
    payments.cod_refuse(reference=part.number)
    _take_off(order, taken, f"part:{part.pk}", reason)


def _undo_line(order: Order, line: Line, actor: Actor, reason: str) -> int:
    """Cancel one open line and return its goods; gives the money it takes off the order."""
    if not move_line(actor, line, CANCELLED, reason):
        return 0
    if line.product_id:
        inventory.give_back(
            hold_key=order.hold_key,
            product_id=line.product_id,
            quantity=line.quantity,
            key=f"line:{line.pk}",
            actor=actor,
        )
    return line.total


def _take_off(order: Order, amount: int, key: str, reason: str) -> None:
    if not amount:
        return
    Order.objects.filter(pk=order.pk).update(cancelled_total=F("cancelled_total") + amount)
    order.refresh_from_db(fields=["cancelled_total"])
    payments.payment_adjust(
        reference=order.number, amount=order.to_pay, key=f"{key}:{order.number}", reason=reason or "cancelled"
    )


def _cod_again(part: SellerOrder) -> None:
    """After a line was cancelled the carrier collects less."""
    order = part.order
    if order.payment_method != Method.COD:
        return
    if part.state == CANCELLED:
        payments.cod_refuse(reference=part.number)
        return
    left = sum(line.total for line in part.lines.exclude(status=CANCELLED)) + part.shipping_fee
    payments.cod_due(order_reference=order.number, reference=part.number, amount=left)
