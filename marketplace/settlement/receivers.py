"""Delivered parts are posted, returned ones reversed, in the transaction of the step itself."""

from typing import Any

from django.dispatch import receiver

from marketplace.orders.selectors import part_for_books
from marketplace.orders.signals import seller_order_moved
from marketplace.settlement import services
from marketplace.settlement.domain import Sale
from marketplace.settlement.signals import commission_wanted


@receiver(seller_order_moved, dispatch_uid="settlement.seller_order")
def _keep_books(seller_order_id: int, old: str, new: str, **_: Any) -> None:
    if new == "delivered":
        part = part_for_books(seller_order_id)
        services.sale_post(
            key=f"sale:{part.number}",
            partner_id=part.partner_id,
            reference=part.number,
            sale=Sale(
                gross=part.gross, discount=part.discount, shipping=part.shipping, seller_type=part.seller_type,
                commission=_commission(part.hold_key, part.gross),
            ),
        )  # fmt: skip
    elif new == "returned" and old == "delivered":
        part = part_for_books(seller_order_id)
        services.sale_reverse(key=f"reversal:{part.number}", reference=part.number)


def _commission(hold_key: str, gross: int) -> int:
    """What whoever brought the buyer earns of this part; nobody, for most orders."""
    answers = commission_wanted.send(sender=Sale, hold_key=hold_key, gross=gross) if hold_key else []
    return sum(amount or 0 for _receiver, amount in answers)
