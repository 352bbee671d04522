"""From accepting to delivered, refused, returned."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import F

from kernel import clock
from kernel.actors import SYSTEM, Actor
from kernel.gs1 import gtin14, is_valid_gtin
from marketplace.inventory import services as inventory
from marketplace.orders import domain
from marketplace.orders.errors import OrderMoved
from marketplace.orders.models import Line, LineLot, Order, Parcel, SellerOrder
from marketplace.orders.services import letters as messages
from marketplace.orders.services.moves import finish_order, move_line, move_parcel, move_part, note
from marketplace.payments import services as payments
from marketplace.payments.domain import Method
from traceability.lots import selectors as lots_read
from traceability.lots import services as lots


@transaction.atomic
def seller_order_accept(*, part: SellerOrder, actor: Actor) -> None:
    """The seller takes his part on. Raises: OrderMoved."""
    _must_be_placed(part)
    move_part(actor, part, "accepted", accepted_at=clock.now())


@transaction.atomic
def seller_order_pack(
    *, part: SellerOrder, actor: Actor, lots_by_line: Mapping[int, int] | None = None, with_lots: bool = True
) -> list[Parcel]:
    """Pack a part: lots are assigned to its lines, oldest fit first (or the lot that was scanned), and a parcel is
    made. Held and recalled lots are never taken; goods without lots are packed as they are.

    Raises: OrderMoved, NothingLeft (no fit lot has enough).
    """
    _must_be_placed(part)
    if part.on_hold:
        raise OrderMoved(state=part.state_label)
    if part.state == "placed":
        seller_order_accept(part=part, actor=actor)
    move_part(actor, part, "packed", packed_at=clock.now())
    lines = list(part.lines.filter(status="open").order_by("pk"))
    for line in lines:
        if with_lots:
            _assign_lots(line, part, actor, (lots_by_line or {}).get(line.pk))
        move_line(actor, line, "packed")
    due = sum(line.total for line in lines) + part.shipping_fee
    cod = part.order.payment_method == Method.COD
    parcel, _ = Parcel.objects.get_or_create(
        number=f"{part.number}/1",
        defaults={"seller_order": part, "weight_g": part.weight_g, "cod_amount": due if cod else 0},
    )
    note(actor, part.order_id, "parcel", part_id=part.pk, subject_id=parcel.pk, new="ready")
    return [parcel]


def _assign_lots(line: Line, part: SellerOrder, actor: Actor, lot_id: int | None) -> None:
    if not is_valid_gtin(line.gtin) or not lots_read.lots_of_gtin(gtin14(line.gtin)):
        return
    taken = lots.lot_take(
        actor=SYSTEM,
        gtin=gtin14(line.gtin),
        quantity=line.quantity,
        order_ref=part.number,
        lot_id=lot_id,
        key=f"pack:{line.pk}",
    )
    LineLot.objects.bulk_create(
        LineLot(line=line, lot_id=t.lot_id, lot_code=t.code, gtin=t.gtin, quantity=t.quantity) for t in taken
    )


@transaction.atomic
def seller_order_hand_over(*, part: SellerOrder, actor: Actor, carrier: str = "", tracking_code: str = "") -> None:
    """The carrier has it. Raises: OrderMoved."""
    if part.on_hold:
        raise OrderMoved(state=part.state_label)
    move_part(actor, part, "shipped", shipped_at=clock.now())
    for parcel in part.parcels.all():
        Parcel.objects.filter(pk=parcel.pk).update(carrier=carrier[:40], tracking_code=tracking_code[:60])
        move_parcel(actor, parcel, "handed_over")
    messages.order_mail(
        topic="order_shipped", order_id=part.order_id, key=f"order_shipped:{part.number}", part_id=part.pk
    )


@transaction.atomic
def seller_order_deliver(*, part: SellerOrder, actor: Actor, picked_up: bool = False) -> None:
    """The buyer has it (from the carrier, or picked up at a sales point); cash on delivery counts as collected.

    Raises: OrderMoved.
    """
    move_part(actor, part, "delivered", delivered_at=clock.now())
    for line in part.lines.filter(status="packed"):
        move_line(actor, line, "delivered")
    for parcel in part.parcels.all():
        move_parcel(actor, parcel, "picked_up" if picked_up else "delivered")
    payments.cod_collect(reference=part.number, actor=actor)
    finish_order(actor, part.order_id)
    messages.order_mail(
        topic="order_delivered", order_id=part.order_id, key=f"order_delivered:{part.number}", part_id=part.pk
    )


@transaction.atomic
def seller_order_refuse(*, part: SellerOrder, actor: Actor, reason: str = "") -> None:
    """The buyer did not take it: no cash comes, what was paid goes back. The goods are still on their way.

    Raises: OrderMoved.
    """
    move_part(actor, part, "refused", reason, reason=reason[:200])
    for parcel in part.parcels.all():
        move_parcel(actor, parcel, "refused")
    payments.cod_refuse(reference=part.number)
    _money_back(part, "refused")
    finish_order(actor, part.order_id)


@transaction.atomic
def seller_order_return(*, part: SellerOrder, actor: Actor, restock: bool = True, reason: str = "") -> None:
    """The goods are back with the seller; intact ones return to the shelf and to their lots. Raises: OrderMoved."""
    was_delivered = part.state == "delivered"
    move_part(actor, part, "returned", reason, reason=reason[:200])
    order = part.order
    for line in part.lines.exclude(status="cancelled").order_by("pk"):
        if not move_line(actor, line, "returned"):
            continue
        if restock and line.product_id:
            inventory.give_back(
                hold_key=order.hold_key,
                product_id=line.product_id,
                quantity=line.quantity,
                key=f"line:{line.pk}",
                actor=actor,
            )
    if restock and LineLot.objects.filter(line__seller_order=part).exists():
        lots.lot_give_back(actor=SYSTEM, order_ref=part.number)
    for parcel in part.parcels.all():
        move_parcel(actor, parcel, "returned")
    if was_delivered:
        _money_back(part, "returned")
    finish_order(actor, part.order_id)


def parcel_move(*, parcel: Parcel, state: str, actor: Actor = SYSTEM, text: str = "") -> bool:
    """A notice of the carrier. Repeated, late and unordered notices change nothing (False)."""
    part = parcel.seller_order
    with transaction.atomic():
        if state == "delivered" and domain.may_move(domain.SELLER_MOVES, part.state, "delivered"):
            seller_order_deliver(part=part, actor=actor)
            return True
        if state == "refused" and domain.may_move(domain.SELLER_MOVES, part.state, "refused"):
            seller_order_refuse(part=part, actor=actor, reason=text)
            return True
        return move_parcel(actor, parcel, state, text)


def _must_be_placed(part: SellerOrder) -> None:
    if part.placed_at is None or part.order.status != domain.OrderState.PLACED:
        raise OrderMoved(state=part.order.state_label)


def _money_back(part: SellerOrder, reason: str) -> None:
    order = Order.objects.get(pk=part.order_id)
    amount = sum(line.total for line in part.lines.exclude(status="cancelled")) + part.shipping_fee
    Order.objects.filter(pk=order.pk).update(cancelled_total=F("cancelled_total") + amount)
    order.refresh_from_db(fields=["cancelled_total"])
    payments.payment_adjust(reference=order.number, amount=order.to_pay, key=f"{reason}:{part.number}", reason=reason)
