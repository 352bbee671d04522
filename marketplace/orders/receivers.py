"""Money that arrives moves the order, in the transaction of the receipt."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from marketplace.orders.models import Order, Parcel
from marketplace.orders.selectors import orders_with_lot
from marketplace.orders.services import order_confirm_paid, orders_hold_for_lot, orders_unhold_for_lot, parcel_move
from marketplace.orders.services.letters import order_mail, recall_mail
from marketplace.payments.signals import payment_covered, refund_paid
from marketplace.shipping.signals import carrier_notice
from traceability.lots import selectors as lots
from traceability.lots.signals import lot_state_changed


@receiver(payment_covered, dispatch_uid="orders.payment_covered")
def _paid(reference: str, **_: Any) -> None:
    if Order.objects.filter(number=reference).exists():
        order_confirm_paid(number=reference)


@receiver(carrier_notice, dispatch_uid="orders.carrier_notice")
def _parcel(tracking_code: str, state: str, text: str, **_: Any) -> bool:
    parcel = Parcel.objects.filter(tracking_code=tracking_code).select_related("seller_order").first()
    return parcel is not None and parcel_move(parcel=parcel, state=state, text=text)


@receiver(refund_paid, dispatch_uid="orders.refund_paid")
def _refunded(reference: str, refund_id: int, amount: int, **_: Any) -> None:
    order = Order.objects.filter(number=reference).first()
    if order is not None:
        order_mail(topic="order_refund", order_id=order.pk, key=f"order_refund:{refund_id}", amount=amount)


@receiver(lot_state_changed, dispatch_uid="orders.lot_state")
def _lot(lot_id: int, gtin: str, new: str, **_: Any) -> None:
    """Packed parts with pieces of a lot that is held or recalled are not to be sent; a recall is told to buyers."""
    lot = lots.lot_by_id(lot_id)
    if new in ("held", "recalled"):
        orders_hold_for_lot(gtin=gtin, lot_code=lot.code)
        for order_id in orders_with_lot(gtin, lot.code) if new == "recalled" else []:
            recall_mail(
                order_id=order_id,
                lot=lot.code,
                product=lot.product_name,
                reason=lot.state_reason,
                key=f"order_recall:{lot_id}:{order_id}",
            )
    elif new == "on_sale":
        orders_unhold_for_lot(gtin=gtin, lot_code=lot.code)


@receiver(user_logged_in, dispatch_uid="orders.collect")
def _collect(user: Any, **_: Any) -> None:
    """Orders made as a guest with this phone number belong to the account that has proved the number."""
    if getattr(user, "phone", None):
        Order.objects.filter(user__isnull=True, buyer_phone=user.phone).update(user=user)
