"""Taking packed goods for an order, oldest fit lot first, and giving them back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from kernel import clock, pagecache
from kernel.actors import Actor
from traceability.events.domain import Draft, Thing
from traceability.events.domain.balance import MILLI
from traceability.events.selectors import event_with_key, order_goods
from traceability.lots.errors import LotOverdrawn, NothingLeft
from traceability.lots.models import Lot
from traceability.lots.selectors import fit_lots
from traceability.lots.services.capture import capture


@dataclass(frozen=True, slots=True)
class Taken:
    """So many pieces of this lot."""

    lot_id: int
    code: str
    gtin: str
    quantity: int


@transaction.atomic
def lot_take(
    *,
    actor: Actor,
    gtin: str,
    quantity: int,
    order_ref: str,
    lot_id: int | None = None,
    key: str = "",
    at: datetime | None = None,
) -> list[Taken]:
    """Take pieces for an order: from ``lot_id`` only, or from the oldest fit lots in turn.

    ``key`` (by default order and GTIN) makes a second call return the first answer. All or nothing.

    Raises: NothingLeft, LotOverdrawn, NotPermitted.
    """
    key = key or f"take:{order_ref}:{gtin}"
    try:
        with transaction.atomic():
            return _take(actor, gtin, quantity, order_ref, lot_id, key, at)
    except (IntegrityError, NothingLeft, LotOverdrawn):
        known = event_with_key(key)  # the same order came twice at once: the other one has taken
        if known is None:
            raise
        return _taken(known)


def _take(
    actor: Actor, gtin: str, quantity: int, order_ref: str, lot_id: int | None, key: str, at: datetime | None
) -> list[Taken]:
    known = event_with_key(key)
    if known is not None:
        return _taken(known)
    wanted, things = quantity, []
    rows = [lot for lot in fit_lots([gtin]) if lot_id is None or lot.pk == lot_id]
    for lot in rows:
        pieces = min(wanted, lot.pieces_left)
        if pieces:
            things.append(Thing("C", lot, Decimal(pieces), lot.uom))
            wanted -= pieces
        if not wanted:
            break
    if wanted:
        raise NothingLeft(asked=quantity, available=quantity - wanted)
    draft = Draft(
        "sell",
        at or clock.now(),
        tuple(things),
        order_ref=order_ref,
        destination=order_ref,
        key=key,
        facts={"order": order_ref},
    )
    return _taken(capture(actor=actor, draft=draft))


def _taken(event) -> list[Taken]:
    return [
        Taken(i.lot_id, i.lot.code, i.lot.gtin, (i.milli or 0) // MILLI)
        for i in event.items.select_related("lot").order_by("id")
    ]


@transaction.atomic
def lot_give_back(
    *, actor: Actor, order_ref: str, gtin: str = "", key: str = "", at: datetime | None = None
) -> list[Taken]:
    """Put what an order took back into its lots (a cancelled parcel, a refused one). Safe to repeat."""
    key = key or f"back:{order_ref}:{gtin}"
    known = event_with_key(key)
    if known is not None:
        return _taken(known)
    goods: dict[int, int] = {}
    for lot, milli in order_goods(order_ref):
        if not gtin or lot.gtin == gtin:
            goods[lot.pk] = goods.get(lot.pk, 0) + milli
    goods = {i: milli for i, milli in sorted(goods.items()) if milli > 0}
    if not goods:
        return []
    lots = Lot.objects.in_bulk(goods)
    things = tuple(Thing("C", lots[i], Decimal(milli) / MILLI, lots[i].uom) for i, milli in goods.items())
    event = capture(actor=actor, draft=Draft("return", at or clock.now(), things, order_ref=order_ref, key=key))
    pagecache.bump()
    return _taken(event)
