"""An order that was placed is told to the link that brought it."""

from typing import Any

from django.dispatch import receiver

from marketplace.links.services import outcome_note
from marketplace.orders.selectors import order_by_id
from marketplace.orders.signals import order_placed


@receiver(order_placed)
def note_order(sender: Any, order_id: int, **kwargs: Any) -> None:
    order = order_by_id(order_id)
    if order is not None and order.ref:
        outcome_note(ref=order.ref, kind="order", reference=order.number, amount=order.goods_total)
