"""The mark `on_hold` follows the state of the lots inside a parcel."""

from django.db import transaction

from kernel.actors import SYSTEM, Actor
from marketplace.orders.models import SellerOrder
from marketplace.orders.services.moves import note


@transaction.atomic
def orders_hold_for_lot(*, gtin: str, lot_code: str, actor: Actor = SYSTEM) -> int:
    """Mark packed parts that hold pieces of this lot: they are not to be sent. Returns how many."""
    return _mark(gtin, lot_code, True, actor)


@transaction.atomic
def orders_unhold_for_lot(*, gtin: str, lot_code: str, actor: Actor = SYSTEM) -> int:
    """The lot is fit again."""
    return _mark(gtin, lot_code, False, actor)


def _mark(gtin: str, lot_code: str, on_hold: bool, actor: Actor) -> int:
    parts = SellerOrder.objects.filter(
        lines__lots__gtin=gtin, lines__lots__lot_code=lot_code, state__in=["packed", "accepted"]
    ).exclude(on_hold=on_hold)
    found = list(parts.distinct())
    for part in found:
        SellerOrder.objects.filter(pk=part.pk).update(on_hold=on_hold)
        note(actor, part.order_id, "seller", part_id=part.pk, new="on_hold" if on_hold else "", text=lot_code)
    return len(found)
