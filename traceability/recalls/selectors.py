from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from traceability.events.selectors import movements_among, trace_forward
from traceability.lots.selectors import packs_among

if TYPE_CHECKING:
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
    return packs_among([*trace_forward(cause.pk), cause.pk])


def destinations(lot_ids: list[int]) -> list[Destination]:
    """Where these lots went, a line for each lot and place or order."""
    totals: dict[tuple[int, str, str, str], int] = {}
    for move in movements_among(lot_ids):
        key = (move.lot_id, move.lot.code, move.destination, move.order_ref)
        totals[key] = totals.get(key, 0) + move.milli
    return [Destination(*key, pieces=milli // 1000) for key, milli in totals.items()]
