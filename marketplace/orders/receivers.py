"""Money that arrives moves the order, in the transaction of the receipt."""

from typing import Any

from django.dispatch import receiver

from marketplace.orders.models import Order
from marketplace.orders.services import order_confirm_paid
from marketplace.payments.signals import payment_covered


@receiver(payment_covered, dispatch_uid="orders.payment_covered")
def _paid(reference: str, **_: Any) -> None:
    if Order.objects.filter(number=reference).exists():
        order_confirm_paid(number=reference)
