"""Money that arrives moves the order, in the transaction of the receipt."""

from typing import Any

from django.dispatch import receiver

from marketplace.orders.models import Order, Parcel
from marketplace.orders.services import order_confirm_paid, parcel_move
from marketplace.orders.services.letters import order_mail
from marketplace.payments.signals import payment_covered, refund_paid
from marketplace.shipping.signals import carrier_notice


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
