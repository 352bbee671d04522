"""Guarded moves along the state tables, each with its line of history and its announcement."""

from typing import Any

from kernel import clock
from kernel.actors import Actor
from marketplace.orders import domain
from marketplace.orders.errors import OrderMoved
from marketplace.orders.models import Line, Order, OrderEvent, Parcel, SellerOrder
from marketplace.orders.signals import line_moved, order_moved, seller_order_moved
from marketplace.payments import services as payments
from marketplace.vouchers import services as vouchers


def note(
    actor: Actor,
    order_id: int,
    subject: str,
    *,
    part_id: int | None = None,
    subject_id: int | None = None,
    old: str = "",
    new: str = "",
    text: str = "",
) -> None:
    """One line of history."""
    OrderEvent.objects.create(
        order_id=order_id,
        seller_order_id=part_id,
        subject=subject,
        subject_id=subject_id,
        old=old,
        new=new,
        text=text[:500],
        actor=actor.label,
        user=actor.user,
    )


def move_order(actor: Actor, order: Order, new: str, text: str = "", **fields: Any) -> None:
    """Raises OrderMoved if the order is not where `new` can be reached from."""
    old = order.status
    if not Order.objects.filter(pk=order.pk, status=old, status__in=domain.sources(domain.ORDER_MOVES, new)).update(
        status=new, **fields
    ):
        order.refresh_from_db(fields=["status"])
        raise OrderMoved(state=order.state_label)
    order.status = new
    if new == domain.OrderState.CANCELLED and order.voucher_code:
        vouchers.voucher_release(order_number=order.number)
    note(actor, order.pk, "order", old=old, new=new, text=text)
    order_moved.send(sender=Order, order_id=order.pk, old=old, new=new)


def move_part(actor: Actor, part: SellerOrder, new: str, text: str = "", **fields: Any) -> None:
    """Raises OrderMoved if the part is not where `new` can be reached from."""
    old = part.state
    if new in domain.SELLER_ENDS:
        fields.setdefault("ended_at", clock.now())
    if not SellerOrder.objects.filter(pk=part.pk, state=old, state__in=domain.sources(domain.SELLER_MOVES, new)).update(
        state=new, **fields
    ):
        part.refresh_from_db(fields=["state"])
        raise OrderMoved(state=part.state_label)
    part.state = new
    note(actor, part.order_id, "seller", part_id=part.pk, subject_id=part.pk, old=old, new=new, text=text)
    seller_order_moved.send(sender=SellerOrder, seller_order_id=part.pk, old=old, new=new)


def move_line(actor: Actor, line: Line, new: str, text: str = "") -> bool:
    """False if the line is not where `new` can be reached from."""
    old = line.status
    if not Line.objects.filter(pk=line.pk, status__in=domain.sources(domain.LINE_MOVES, new)).update(status=new):
        return False
    line.status = new
    note(actor, line.order_id, "line", part_id=line.seller_order_id, subject_id=line.pk, old=old, new=new, text=text)
    line_moved.send(sender=Line, line_id=line.pk, old=old, new=new)
    return True


def move_parcel(actor: Actor, parcel: Parcel, new: str, text: str = "") -> bool:
    """False if the parcel is not where `new` can be reached from (carriers repeat and mix up their notices)."""
    old = parcel.state
    if not Parcel.objects.filter(pk=parcel.pk, state__in=domain.sources(domain.PARCEL_MOVES, new)).update(
        state=new, updated_at=clock.now()
    ):
        return False
    parcel.state = new
    part = parcel.seller_order
    note(actor, part.order_id, "parcel", part_id=part.pk, subject_id=parcel.pk, old=old, new=new, text=text)
    return True


def finish_order(actor: Actor, order_id: int) -> None:
    """Complete or cancel the order once all its sellers' parts are at an end."""
    order = Order.objects.get(pk=order_id)
    states = SellerOrder.objects.filter(order=order).values_list("state", flat=True)
    new = domain.order_state_from(states)
    if new and domain.may_move(domain.ORDER_MOVES, order.status, new):
        move_order(actor, order, new)
        if new == domain.OrderState.CANCELLED:
            payments.payment_close(reference=order.number, key=f"closed:{order.number}", reason="cancelled")
