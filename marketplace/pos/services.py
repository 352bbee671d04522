"""The counter. A sale is an order like any other, placed, packed and handed over in one step, so that stock, lots and
ledger know it; the receipt is kept beside it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import F

from kernel import clock
from kernel.actors import SYSTEM, Actor
from kernel.audit import services as audit
from kernel.policies import require
from kernel.text import nfc
from marketplace.inventory import services as stock
from marketplace.orders import selectors as orders_read
from marketplace.orders import services as orders
from marketplace.orders.selectors import Wish
from marketplace.payments import services as payments
from marketplace.points.selectors import points_of_clerk
from marketplace.pos import selectors
from marketplace.pos.domain import Scan
from marketplace.pos.errors import (
    AgeNotChecked,
    CashTooLittle,
    LotStopped,
    NoShift,
    NotHere,
    ReturnedAlready,
    ShiftIsOpen,
)
from marketplace.pos.models import GoodsSlip, Sale, SaleLine, SaleReturn, Shift
from marketplace.sellers.selectors import records_of_packs
from traceability.lots.selectors import lot_get

if TYPE_CHECKING:
    from marketplace.points.models import SalesPoint

Payment = Sale.Payment
FIT = ("on_sale", "sold_out", "")


@dataclass(frozen=True)
class BillLine:
    product_id: int
    quantity: int
    lot: str = ""


def can_stand(actor: Actor, point: "SalesPoint") -> bool:
    """Only the clerks of this very counter."""
    return actor.user is not None and points_of_clerk(actor.user).filter(pk=point.pk).exists()


@transaction.atomic
def shift_open(*, actor: Actor, point: "SalesPoint", float_cash: int) -> Shift:
    """Raises: NotPermitted, ShiftIsOpen."""
    require(can_stand(actor, point))
    try:
        with transaction.atomic():
            shift = Shift.objects.create(
                point=point, opened_by=actor.user, opened_at=clock.now(), float_cash=float_cash
            )
    except IntegrityError:
        raise ShiftIsOpen from None
    audit.record(actor, "pos.shift.opened", shift, new={"float": float_cash})
    return shift


@transaction.atomic
def shift_close(*, actor: Actor, shift: Shift, counted_cash: int, note: str = "") -> Shift:
    """Count the drawer and end the day; the difference stays on record. Raises: NotPermitted, NoShift."""
    require(can_stand(actor, shift.point))
    expected = selectors.drawer(shift)["expected"]
    closed = Shift.objects.filter(pk=shift.pk, closed_at=None).update(
        closed_at=clock.now(), closed_by=actor.user, counted_cash=counted_cash, expected_cash=expected,
        note=nfc(note).strip()[:300],
    )  # fmt: skip
    if not closed:
        raise NoShift
    shift.refresh_from_db()
    audit.record(actor, "pos.shift.closed", shift, new={"counted": counted_cash, "expected": expected})
    return shift


@transaction.atomic
def sale_make(
    *,
    actor: Actor,
    point: "SalesPoint",
    key: str,
    lines: Iterable[BillLine],
    payment: str,
    cash_given: int | None = None,
    age_checked: bool = False,
) -> Sale:
    """Sell what is on the bill: all of it or nothing. The same `key` a second time returns the first sale.

    Cash is done at once; a VietQR bill waits for its money (`sale_paid`). Raises: NotPermitted, NoShift, NotHere,
    LotStopped, AgeNotChecked, CashTooLittle, SoldOut, NothingLeft, NothingToOrder, SaleNotFound.
    """
    require(can_stand(actor, point))
    known = selectors.sale_known(point, key)
    if known is not None:
        return known
    shift = Shift.objects.select_for_update().filter(point=point, closed_at=None).first()
    if shift is None:
        raise NoShift
    known = selectors.sale_known(point, key)
    if known is not None:
        return known
    bill = list(lines)
    records = {r.product_id: r for r in records_of_packs([line.product_id for line in bill])}
    for line in bill:
        _may_sell(line, records)
    products = [records[line.product_id].product for line in bill]
    if any(p.is_alcohol or (p.parent and p.parent.is_alcohol) for p in products) and not age_checked:
        raise AgeNotChecked
    order = _order(actor, point, key, bill, payment, age_checked)
    if payment == Payment.CASH and cash_given is not None and cash_given < order.grand_total:
        raise CashTooLittle
    Shift.objects.filter(pk=shift.pk).update(last_number=F("last_number") + 1)
    shift.refresh_from_db()
    sale = Sale.objects.create(
        key=key, number=f"Q{point.pk}-{shift.pk}-{shift.last_number:04d}", shift=shift, cashier=actor.user,
        order_number=order.number, payment=payment, is_paid=payment == Payment.CASH, total=order.grand_total,
        cash_given=cash_given, age_checked=age_checked, created_at=clock.now(),
    )  # fmt: skip
    for line in bill:
        record = records[line.product_id]
        owner = record.product.parent or record.product
        SaleLine.objects.create(
            sale=sale, product=record.product, partner=record.partner, quantity=line.quantity,
            title=f"{owner.title} {record.product.pack}".strip()[:255], price=int(record.price),
            gtin=record.product.gtin or "", lot_code=line.lot,
        )  # fmt: skip
    if payment == Payment.CASH:
        _hand_over(actor, sale)
    return sale


def _may_sell(line: BillLine, records: dict[int, Any]) -> None:
    record = records.get(line.product_id)
    if record is None or record.price is None or line.quantity < 1:
        raise NotHere
    if line.lot:
        found = selectors.resolve(Scan(gtin=(record.product.gtin or "").zfill(14), lot=line.lot))
        if found["state"] not in FIT:
            raise LotStopped(lot=line.lot, state=found["state"])


def _order(actor: Actor, point: "SalesPoint", key: str, bill: list[BillLine], payment: str, adult: bool) -> Any:
    wishes: dict[int, int] = {}
    for line in bill:
        wishes[line.product_id] = wishes.get(line.product_id, 0) + line.quantity
    return orders.order_place(
        actor=actor, wishes=[Wish(pk, quantity) for pk, quantity in wishes.items()], buyer=orders.Buyer("", ""),
        place=orders.Place(text=point.name, pickup_point=point.slug, pickup_name=point.name), method=payment,
        idempotency_key=f"pos:{key}"[:64], adult_confirmed=adult, channel="pos", location_id=point.location_id,
    )  # fmt: skip


def _hand_over(actor: Actor, sale: Sale) -> None:
    """Book the cash, take the lots, hand the goods over: from here on it is a delivered order."""
    if sale.payment == Payment.CASH:
        payments.receipt_add(
            key=f"pos:{sale.key}", source="cash", amount=sale.total, reference=sale.order_number, actor=actor
        )
    order = orders_read.order_for_office(sale.order_number)
    chosen = {(line.product_id): line.lot_code for line in sale.lines.all() if line.lot_code}
    for part in order.seller_orders.all():
        lots = {}
        for line in part.lines.all():
            code = chosen.get(line.product_id)
            if code:
                lots[line.pk] = lot_get(gtin=line.gtin, code=code).pk
        orders.seller_order_pack(part=part, actor=SYSTEM, lots_by_line=lots)
        orders.seller_order_deliver(part=part, actor=SYSTEM, picked_up=True)
        for line in part.lines.all():
            codes = ", ".join(lot.lot_code for lot in line.lots.all())
            if codes:
                SaleLine.objects.filter(sale=sale, product_id=line.product_id).update(lot_code=codes[:60])


@transaction.atomic
def sale_paid(*, actor: Actor, sale: Sale, seen: bool = False) -> bool:
    """Finish a VietQR bill whose money has come; `seen`: the clerk saw it in the bank's app and answers for it.

    False while it has not come. Raises: NotPermitted.
    """
    require(can_stand(actor, sale.shift.point))
    if sale.is_paid:
        return True
    if seen:
        payments.receipt_add(
            key=f"pos:{sale.key}", source="manual", amount=sale.total, reference=sale.order_number, actor=actor
        )
        audit.record(actor, "pos.transfer.seen", sale, new={"amount": sale.total})
    order = orders_read.order_for_office(sale.order_number)
    if order.status == "awaiting_payment" and seen:
        orders.order_confirm_paid(number=order.number, actor=actor)
        order.refresh_from_db()
    if order.status != "placed":
        return order.status == "completed"
    if not Sale.objects.filter(pk=sale.pk, is_paid=False).update(is_paid=True):
        return True
    sale.is_paid = True
    _hand_over(actor, sale)
    return True


@transaction.atomic
def sale_return(
    *, actor: Actor, sale: Sale, partner_id: int, key: str, reason: str = "", restock: bool = True
) -> SaleReturn:
    """Take back all goods of one maker on a receipt: stock, lots, money and ledger go back together.

    Raises: NotPermitted, NoShift, ReturnedAlready.
    """
    require(can_stand(actor, sale.shift.point))
    known = SaleReturn.objects.filter(key=key, sale=sale).first()
    if known is not None:
        return known
    shift = selectors.shift_open_at(sale.shift.point)
    if shift is None:
        raise NoShift
    lines = list(sale.lines.filter(partner_id=partner_id, returned=0))
    if not lines or not sale.is_paid:
        raise ReturnedAlready
    for line in lines:
        if not SaleLine.objects.filter(pk=line.pk, returned=0).update(returned=line.quantity):
            raise ReturnedAlready
    order = orders_read.order_for_office(sale.order_number)
    part = next(part for part in order.seller_orders.all() if part.partner_id == partner_id)
    orders.seller_order_return(part=part, actor=SYSTEM, restock=restock, reason=nfc(reason)[:200])
    made = SaleReturn.objects.create(
        key=key, sale=sale, shift=shift, amount=part.goods_total - part.discount_total, reason=nfc(reason)[:200],
        restocked=restock, lines=[[line.product_id, line.quantity] for line in lines], by=actor.user,
        created_at=clock.now(),
    )  # fmt: skip
    audit.record(actor, "pos.sale.returned", sale, new={"amount": made.amount, "partner": partner_id})
    return made


@transaction.atomic
def slip_make(
    *,
    actor: Actor,
    point: "SalesPoint",
    partner: Any,
    kind: str,
    lines: Iterable[tuple[int, int]],
    person: str,
    key: str,
) -> GoodsSlip:
    """Goods received from a producer's store, or given back to it, with a slip that both sides keep.

    Raises: NotPermitted, NotHere, StockInUse, BadQuantity.
    """
    require(can_stand(actor, point))
    known = GoodsSlip.objects.filter(key=key).first()
    if known is not None:
        return known
    rows = [(product, quantity) for product, quantity in lines if quantity > 0]
    records = {r.product_id: r for r in records_of_packs([p for p, _ in rows])}
    if not rows or any(p not in records or records[p].partner_id != partner.pk for p, _ in rows):
        raise NotHere
    shown = []
    for product, quantity in rows:
        name = f"slip:{key}:{product}"
        if kind == GoodsSlip.Kind.IN:
            stock.receive(
                actor=actor, product_id=product, location_id=point.location_id, quantity=quantity,
                reference="slip", key=name,
            )  # fmt: skip
        else:
            stock.lose(
                actor=actor, product_id=product, location_id=point.location_id, quantity=quantity,
                note="given back to the producer", key=name,
            )  # fmt: skip
        owner = records[product].product.parent or records[product].product
        shown.append({"id": product, "title": f"{owner.title} {records[product].product.pack}", "quantity": quantity})
    slip = GoodsSlip.objects.create(
        key=key, kind=kind, point=point, partner=partner, person=nfc(person).strip()[:120], lines=shown,
        number=f"{'N' if kind == 'in' else 'X'}{point.pk}-{clock.now():%y%m%d%H%M%S}", by=actor.user,
        created_at=clock.now(),
    )  # fmt: skip
    audit.record(actor, f"pos.slip.{kind}", slip, new={"lines": shown})
    return slip


@transaction.atomic
def pickup_hand_over(*, actor: Actor, point: "SalesPoint", part: Any) -> None:
    """The buyer fetched his parcel with the order's code. Raises: NotPermitted, OrderMoved."""
    require(can_stand(actor, point) and part.order.pickup_point == point.slug)
    orders.seller_order_deliver(part=part, actor=actor, picked_up=True)
