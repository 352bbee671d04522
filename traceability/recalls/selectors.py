from __future__ import annotations

from dataclasses import dataclass

from traceability.events.models import Movement
from traceability.events.selectors import trace_forward
from traceability.lots.models import Lot


@dataclass(frozen=True, slots=True)
class Destination:
    """Somebody to tell: a place or an order, and how many pieces of which lot went there."""

    lot_id: int
    lot_code: str
    to: str
    order_ref: str
    pieces: int


def reach(cause: Lot) -> list[Lot]:
    """The pack lots that hold something of this lot."""
    ids = [*trace_forward(cause.pk), cause.pk]
    return list(Lot.objects.filter(pk__in=ids, kind="pack").order_by("pk"))


def destinations(lot_ids: list[int]) -> list[Destination]:
    """Where these lots went, from the narrow table of movements: one query."""
    totals: dict[tuple[int, str, str, str], int] = {}
    rows = Movement.objects.filter(lot_id__in=lot_ids).order_by("at", "id")
    for lot_id, code, to, order, milli in rows.values_list("lot_id", "lot__code", "destination", "order_ref", "milli"):
        key = (lot_id, code, to, order)
        totals[key] = totals.get(key, 0) + milli
    return [Destination(*key, pieces=milli // 1000) for key, milli in totals.items()]
