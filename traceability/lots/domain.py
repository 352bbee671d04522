"""Lot states, the roof above the passport, and who may be sold first. Names: STATES.md."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

ON_SALE, HELD, RECALLED, DESTROYED = "on_sale", "held", "recalled", "destroyed"
STORED = (ON_SALE, HELD, RECALLED, DESTROYED)

#: Stored state → states it may move to.
MOVES: dict[str, tuple[str, ...]] = {
    ON_SALE: (HELD, RECALLED, DESTROYED),
    HELD: (ON_SALE, RECALLED, DESTROYED),
    RECALLED: (DESTROYED,),
    DESTROYED: (),
}

#: Worst first where several hold; the rest only when none of these does.
WORST_FIRST = (RECALLED, "cut", HELD, "expired")

KINDS = ("harvest", "process", "pack")


@dataclass(frozen=True, slots=True)
class Roof:
    """What stands above a scanned lot: colour class, icon, key of the words."""

    state: str
    tone: str  # good, warn, bad, gone
    icon: str


ROOFS = {
    r.state: r
    for r in (
        Roof("on_sale", "good", "check"),
        Roof("sold_out", "good", "check"),
        Roof("held", "warn", "pause"),
        Roof("expired", "warn", "clock"),
        Roof("cut", "warn", "cut"),
        Roof("recalled", "bad", "stop"),
        Roof("destroyed", "gone", "close"),
    )
}


def can_move(state: str, to: str) -> bool:
    return to in MOVES.get(state, ())


def shown_state(*, stored: str, left: int, expires_on: date | None, today: date, whole: bool = True) -> str:
    """The one state a shopper sees. A lot on its last day is still in date."""
    if stored == DESTROYED:
        return DESTROYED
    holds = {
        RECALLED: stored == RECALLED,
        "cut": not whole,
        HELD: stored == HELD,
        "expired": expires_on is not None and expires_on < today,
    }
    for state in WORST_FIRST:
        if holds[state]:
            return state
    return ON_SALE if left > 0 else "sold_out"


def oldest_first(expires_on: date | None, packed_at: date | None, lot_id: int) -> tuple:
    """Sort key for offering: the nearest last day, then the earliest packing, then the record's own order."""
    return (expires_on or date.max, packed_at or date.max, lot_id)
