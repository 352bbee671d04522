"""What an event is before it is stored: its kind, its EPCIS words, what goes in and comes out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class Words:
    """The EPCIS and CBV words of a kind of event."""

    event_type: str
    action: str
    biz_step: str
    disposition: str


WORDS: dict[str, Words] = {
    "harvest": Words("ObjectEvent", "ADD", "creating_class_instance", "active"),
    "source": Words("ObjectEvent", "ADD", "receiving", "in_progress"),
    "process": Words("TransformationEvent", "", "creating_class_instance", "in_progress"),
    "pack": Words("TransformationEvent", "", "creating_class_instance", "active"),
    "sample": Words("ObjectEvent", "OBSERVE", "sampling", "in_progress"),
    "test": Words("ObjectEvent", "OBSERVE", "inspecting", "conformant"),
    "stock": Words("ObjectEvent", "OBSERVE", "stocking", "sellable_accessible"),
    "box": Words("AggregationEvent", "ADD", "packing", "container_closed"),
    "unbox": Words("AggregationEvent", "DELETE", "unpacking", "in_progress"),
    "ship": Words("ObjectEvent", "OBSERVE", "shipping", "in_transit"),
    "receive": Words("ObjectEvent", "OBSERVE", "receiving", "sellable_not_accessible"),
    "sell": Words("TransactionEvent", "ADD", "retail_selling", "retail_sold"),
    "return": Words("ObjectEvent", "OBSERVE", "receiving", "returned"),
    "hold": Words("ObjectEvent", "OBSERVE", "holding", "non_sellable_other"),
    "release": Words("ObjectEvent", "OBSERVE", "inspecting", "conformant"),
    "recall": Words("ObjectEvent", "OBSERVE", "holding", "recalled"),
    "destroy": Words("ObjectEvent", "DELETE", "destroying", "destroyed"),
    "service": Words("none", "", "", ""),
}

TRANSFORMATIONS = ("process", "pack")
MOVES = ("ship", "sell")


@dataclass(frozen=True, slots=True)
class Thing:
    """One line of an event: a lot or a unit (carton, pallet), its role and how much of it."""

    role: str
    lot: Any = None
    quantity: Decimal | None = None
    uom: str = ""
    unit: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """An event as somebody wants to record it."""

    kind: str
    at: datetime
    things: tuple[Thing, ...] = ()
    step: str = ""
    place: str = ""
    place_name: str = ""
    actor_kind: str = ""
    actor_name: str = ""
    zone: Any = None
    zone_code: str = ""
    unit: str = ""
    destination: str = ""
    order_ref: str = ""
    key: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    reason: str = ""
    disposition: str = ""
    event_id: str = ""
    record_time: datetime | None = None


@dataclass(frozen=True, slots=True)
class Inside:
    """``what`` (lot id or unit) lay in ``unit`` from ``since`` to ``until``."""

    unit: str
    lot: int | None
    child_unit: str
    milli: int | None
    since: datetime
    until: datetime | None = None

    def holds_at(self, moment: datetime) -> bool:
        return self.since <= moment and (self.until is None or moment < self.until)


@dataclass(frozen=True, slots=True)
class UnitMove:
    """Into or out of a carton or pallet."""

    into: bool
    unit: str
    at: datetime
    lot: int | None = None
    child_unit: str = ""
    milli: int | None = None


def intervals(moves: list[UnitMove]) -> list[Inside]:
    """Containment as intervals, from what was put in and taken out, by event time.

    Taking out part of a lot closes its interval and opens one with the rest; taking out nothing in particular
    empties the unit.
    """
    done: list[Inside] = []
    inside: list[Inside] = []
    for move in sorted(moves, key=lambda m: m.at):
        if move.into:
            inside.append(Inside(move.unit, move.lot, move.child_unit, move.milli, move.at))
            continue
        whole = move.lot is None and not move.child_unit
        taken = move.milli
        kept: list[Inside] = []
        for item in inside:
            concerned = item.unit == move.unit and (
                whole or (item.lot == move.lot and item.child_unit == move.child_unit)
            )
            if not concerned or (taken == 0 and not whole):
                kept.append(item)
                continue
            done.append(Inside(item.unit, item.lot, item.child_unit, item.milli, item.since, move.at))
            if item.milli and taken is not None and not whole:
                rest = item.milli - taken
                taken = max(taken - item.milli, 0)
                if rest > 0:
                    kept.append(Inside(item.unit, item.lot, item.child_unit, rest, move.at))
        inside = kept
    return [i for i in done if i.since != i.until] + inside


def contents(unit: str, moment: datetime, rows: list[Inside]) -> list[tuple[int, int]]:
    """(lot id, thousandths) in a unit at a moment, through units inside units."""
    found: list[tuple[int, int]] = []
    open_units, seen = [unit], set()
    while open_units:
        current = open_units.pop()
        if current in seen:
            continue
        seen.add(current)
        for row in rows:
            if row.unit != current or not row.holds_at(moment):
                continue
            if row.lot is not None:
                found.append((row.lot, row.milli or 0))
            else:
                open_units.append(row.child_unit)
    totals: dict[int, int] = {}
    for lot, milli in found:
        totals[lot] = totals.get(lot, 0) + milli
    return sorted(totals.items())


def local_date(moment: datetime, tz_hours: int = 7) -> date:
    return moment.astimezone(timezone(timedelta(hours=tz_hours))).date()
