"""Keeping pieces free for one channel."""

from django.db import transaction
from django.db.models import F

from kernel.actors import Actor
from marketplace.inventory.errors import BadQuantity, SoldOut
from marketplace.inventory.models import Allotment, Channel, Stock, StockMove
from marketplace.inventory.services.shelf import Shelf


@transaction.atomic
def allot(*, actor: Actor, stock: Stock, channel: str, quantity: int, session_ref: str = "") -> Allotment:
    """Keep `quantity` pieces in all for a channel (or one live session). Sets the number, does not add to it.

    Raises: SoldOut if so many are not free, BadQuantity if more of it are used already.
    """
    if quantity < 0 or channel not in (Channel.POS, Channel.LIVE):
        raise BadQuantity
    with Shelf([stock.product_id], actor=actor, channel=channel, reference=session_ref) as shelf:
        row = shelf.rows[stock.pk]
        kept, _ = Allotment.objects.select_for_update().get_or_create(
            stock=row, channel=channel, session_ref=session_ref, defaults={"quantity": 0}
        )
        if quantity < kept.held + kept.used:
            raise BadQuantity
        delta = quantity - kept.quantity
        if delta and not shelf.change(row, reason=StockMove.Reason.MOVED, allotted=delta):
            raise SoldOut(product_id=row.product_id, left=row.free)
        Allotment.objects.filter(pk=kept.pk).update(quantity=F("quantity") + delta, is_open=True)
        kept.refresh_from_db()
    return kept


@transaction.atomic
def unallot(*, actor: Actor, allotment: Allotment) -> None:
    """Give what is left of an allotment back to all channels; open holds on it end in the common stock."""
    product_id = Stock.objects.values_list("product_id", flat=True).get(pk=allotment.stock_id)
    with Shelf([product_id], actor=actor, channel=allotment.channel, reference=allotment.session_ref) as shelf:
        kept = Allotment.objects.select_for_update().get(pk=allotment.pk)
        if kept.free:
            shelf.change(shelf.rows[kept.stock_id], reason=StockMove.Reason.MOVED, allotted=-kept.free)
        Allotment.objects.filter(pk=kept.pk).update(quantity=F("held") + F("used"), is_open=False)
