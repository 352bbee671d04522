"""What the buyer may still do: another address, a question."""

from django.db import transaction

from kernel import clock
from kernel.actors import Actor
from kernel.text import nfc
from marketplace.orders import domain
from marketplace.orders.errors import TooLateToCancel
from marketplace.orders.models import Order, OrderQuestion
from marketplace.orders.services.moves import note
from marketplace.orders.services.place import Buyer, Place


def text_snapshot(commune: str, province: str) -> str:
    """The place as it is named today: orders keep it when names change."""
    return ", ".join(filter(None, [commune, province]))


@transaction.atomic
def address_change(*, order: Order, actor: Actor, buyer: Buyer, place: Place) -> None:
    """Another recipient or street while nothing is packed. The delivery price stays as agreed.

    Raises: TooLateToCancel.
    """
    order = Order.objects.select_for_update().get(pk=order.pk)
    parts = list(order.seller_orders.exclude(state__in=domain.UNDONE))
    if order.status in ("completed", "cancelled") or any(part.state not in domain.SELLER_OPEN for part in parts):
        raise TooLateToCancel
    old = f"{order.buyer_name}, {order.street}, {order.place_text}"
    Order.objects.filter(pk=order.pk).update(
        buyer_name=buyer.name,
        buyer_phone=buyer.phone,
        province_code=place.province_code,
        commune_code=place.commune_code,
        place_text=place.text,
        street=place.street,
        note=place.note,
    )
    note(actor, order.pk, "buyer", text=old)


def question_ask(*, order: Order, text: str, actor: Actor) -> OrderQuestion:
    """Keep a question on the order; the office sees it."""
    return OrderQuestion.objects.create(order=order, text=nfc(text).strip()[:1000])


@transaction.atomic
def question_answer(*, question: OrderQuestion, text: str, actor: Actor) -> None:
    """Answer a question; the buyer reads it on the order page."""
    OrderQuestion.objects.filter(pk=question.pk).update(
        answer=nfc(text).strip()[:1000], answered_at=clock.now(), answered_by=actor.user
    )
