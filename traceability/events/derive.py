"""The derived tables (edges, containments, movements): kept with each event, rebuilt from all of them.

Both ways end in the same rows; a test holds them against each other.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from traceability.events.domain import MOVES, TRANSFORMATIONS, Inside, UnitMove, contents, intervals
from traceability.events.models import Containment, Edge, Event, EventItem, Movement

LIVE = Q(voided_by__isnull=True, error_of__isnull=True)


def edges_for(event: Event, items: Iterable[EventItem]) -> list[Edge]:
    items = list(items)
    parents = sorted({i.lot_id for i in items if i.role == "I" and i.lot_id})
    children = sorted({i.lot_id for i in items if i.role == "O" and i.lot_id})
    return [Edge(parent_id=p, child_id=c, event=event) for c in children for p in parents if p != c]


def derive_event(event: Event, items: list[EventItem]) -> set[int]:
    """Bring the derived rows up to one new event; returns lots whose balance must be worked out anew.

    Normally none: only what is recorded out of order moves what was derived from later events.
    """
    if event.kind in TRANSFORMATIONS:
        Edge.objects.bulk_create(edges_for(event, items))
        return set()
    if event.kind in ("box", "unbox"):
        return _refresh_units([event.unit], event)
    if event.kind in MOVES:
        return _refresh_movements([event])
    return set()


def underive_event(event: Event) -> set[int]:
    """Take an event's derived rows away, after it was declared in error."""
    Edge.objects.filter(event=event).delete()
    if event.kind in ("box", "unbox"):
        return _refresh_units([event.unit], event)
    if event.kind in MOVES:
        lots = set(Movement.objects.filter(event=event).values_list("lot_id", flat=True))
        Movement.objects.filter(event=event).delete()
        return lots | _refresh_movements(_later_moves(lots, event))
    return set()


def _refresh_units(units: list[str], cause: Event) -> set[int]:
    for unit in units:
        Containment.objects.filter(unit=unit).delete()
        Containment.objects.bulk_create(_containments(unit))
    shipped = Event.objects.filter(LIVE, kind__in=MOVES, event_time__gte=cause.event_time).exclude(unit="")
    return _refresh_movements(shipped.order_by("event_time", "line_id"))


def _containments(unit: str) -> list[Containment]:
    items = EventItem.objects.filter(event__unit=unit, event__kind__in=("box", "unbox")).filter(
        event__voided_by__isnull=True, event__error_of__isnull=True
    )
    moves = [
        UnitMove(i.event.kind == "box", unit, i.event.event_time, i.lot_id, i.unit, i.milli)
        for i in items.select_related("event").order_by("event__event_time", "event__line_id", "id")
    ]
    empties = Event.objects.filter(LIVE, unit=unit, kind="unbox", items__isnull=True)
    moves += [UnitMove(False, unit, e.event_time) for e in empties]
    return [
        Containment(unit=i.unit, lot_id=i.lot, child_unit=i.child_unit, milli=i.milli, since=i.since, until=i.until)
        for i in intervals(moves)
    ]


def _inside(units: Iterable[str]) -> list[Inside]:
    """Containments of some units and of all units below them."""
    rows, wanted, seen = [], set(units), set()
    while wanted:
        found = list(Containment.objects.filter(unit__in=wanted))
        seen |= wanted
        rows += [Inside(c.unit, c.lot_id, c.child_unit, c.milli, c.since, c.until) for c in found]
        wanted = {c.child_unit for c in found if c.child_unit} - seen
    return rows


def goods_of(event: Event, items: Iterable[EventItem]) -> list[tuple[int, int]]:
    """(lot id, thousandths) an event moves: lots named in it, and what lies in its unit at that moment."""
    goods: dict[int, int] = {}
    units = {event.unit} if event.unit else set()
    for item in items:
        if item.role != "C":
            continue
        if item.lot_id:
            goods[item.lot_id] = goods.get(item.lot_id, 0) + (item.milli or 0)
        else:
            units.add(item.unit)
    if units:
        rows = _inside(units)
        for unit in sorted(units):
            for lot, milli in contents(unit, event.event_time, rows):
                goods[lot] = goods.get(lot, 0) + milli
    return sorted(goods.items())


def _refresh_movements(events: Iterable[Event]) -> set[int]:
    """Work out the movements of these events anew, in order of time; lots whose movements changed."""
    changed: set[int] = set()
    for event in events:
        old = {m.lot_id: (m.milli, m.onward) for m in Movement.objects.filter(event=event)}
        rows = movements_for(event, list(event.items.all()))
        new = {m.lot_id: (m.milli, m.onward) for m in rows}
        if old == new:
            continue
        Movement.objects.filter(event=event).delete()
        Movement.objects.bulk_create(rows)
        touched = {lot for lot in old.keys() | new.keys() if old.get(lot) != new.get(lot)}
        changed |= touched
        if old:
            changed |= _refresh_movements(_later_moves(touched, event))
    return changed


def movements_for(event: Event, items: list[EventItem]) -> list[Movement]:
    goods = goods_of(event, items)
    arrived = (
        set(
            Movement.objects.filter(
                lot_id__in=[lot for lot, _ in goods], at__lt=event.event_time, destination=event.place
            ).values_list("lot_id", flat=True)
        )
        if event.place and goods
        else set()
    )
    return [
        Movement(
            event=event,
            lot_id=lot,
            milli=milli,
            source=event.place,
            order_ref=event.order_ref,
            destination=event.destination or event.order_ref,
            at=event.event_time,
            onward=lot in arrived,
        )
        for lot, milli in goods
        if milli
    ]


def _later_moves(lots: set[int], event: Event) -> list[Event]:
    later = Movement.objects.filter(lot_id__in=lots, at__gt=event.event_time).values("event_id")
    return list(Event.objects.filter(pk__in=later).order_by("event_time", "line_id"))


@transaction.atomic
def rebuild() -> dict[str, int]:
    """Throw the derived tables away and make them anew from the events that hold."""
    Edge.objects.all().delete()
    Containment.objects.all().delete()
    Movement.objects.all().delete()
    edges: list[Edge] = []
    made = Event.objects.filter(LIVE, kind__in=TRANSFORMATIONS).order_by("line_id")
    for event in made.prefetch_related("items").iterator(chunk_size=2000):
        edges += edges_for(event, event.items.all())
    Edge.objects.bulk_create(edges, batch_size=2000)
    units = Event.objects.filter(LIVE, kind__in=("box", "unbox")).values_list("unit", flat=True).distinct()
    for unit in units.order_by("unit"):
        Containment.objects.bulk_create(_containments(unit))
    moved = Event.objects.filter(LIVE, kind__in=MOVES).order_by("event_time", "line_id")
    for event in moved.prefetch_related("items").iterator(chunk_size=2000):
        Movement.objects.bulk_create(movements_for(event, list(event.items.all())))
    return {
        "edges": Edge.objects.count(),
        "containments": Containment.objects.count(),
        "movements": Movement.objects.count(),
    }
