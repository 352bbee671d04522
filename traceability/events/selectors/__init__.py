"""Reading the trace: one recursive query each way, and what the events say about a lot."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Case, Q, Sum, Value, When
from django.db.models.expressions import RawSQL

from traceability.events.derive import LIVE
from traceability.events.domain.balance import Balance, shares
from traceability.events.errors import EventNotFound
from traceability.events.models import Edge, Event, EventItem, Movement
from traceability.events.selectors.payload import hash_of
from traceability.ledger.domain import same

if TYPE_CHECKING:
    from traceability.lots.models import Lot

# UNION, not UNION ALL: a cycle (goods reworked into their own batch) ends by itself.
_WALK = """
WITH RECURSIVE walk(id) AS (
    SELECT {to} FROM {edge} WHERE {start} = %s
    UNION
    SELECT e.{to} FROM {edge} e JOIN walk ON e.{start} = walk.id
)
SELECT id FROM walk WHERE id <> %s
"""


# Written out so that PostgreSQL walks its indexes from the few lots of the trace, instead of joining whole tables.
_RECORD = f"""
WITH RECURSIVE walk(id) AS (
    SELECT parent_id FROM {Edge._meta.db_table} WHERE child_id = %s
    UNION
    SELECT e.parent_id FROM {Edge._meta.db_table} e JOIN walk ON e.child_id = walk.id
),
touched(event_id) AS (
    SELECT i.event_id FROM walk JOIN {EventItem._meta.db_table} i ON i.lot_id = walk.id
    WHERE i.role IN ('O', 'S', 'X') AND walk.id <> %s
    UNION
    SELECT event_id FROM {EventItem._meta.db_table} WHERE lot_id = %s AND role <> 'I'
)
SELECT t.event_id FROM touched t JOIN {Event._meta.db_table} ev ON ev.id = t.event_id
WHERE ev.kind NOT IN ('sell', 'return', 'box', 'unbox')
"""


def _walk(lot_id: int, start: str, to: str) -> list[int]:
    sql = _WALK.format(edge=Edge._meta.db_table, start=start, to=to)
    with connection.cursor() as cursor:
        cursor.execute(sql, [lot_id, lot_id])
        return [row[0] for row in cursor.fetchall()]


def trace_back(lot_id: int) -> list[int]:
    """Every lot that went into this one, at any depth; itself left out."""
    return _walk(lot_id, "child_id", "parent_id")


def trace_forward(lot_id: int) -> list[int]:
    """Every lot made from this one, at any depth; itself left out."""
    return _walk(lot_id, "parent_id", "child_id")


def event_get(event_id: str) -> Event:
    """Raises EventNotFound."""
    event = Event.objects.filter(event_id=event_id).first()
    if event is None:
        raise EventNotFound
    return event


def event_with_key(key: str) -> Event | None:
    return Event.objects.filter(key=key).first()


def harvests_of(lot_ids: Iterable[int]) -> list[EventItem]:
    """The harvests that hold among these lots, with their zones."""
    return list(
        EventItem.objects.filter(lot_id__in=list(lot_ids), role="O", event__kind="harvest", event__zone__isnull=False)
        .filter(event__voided_by__isnull=True, event__error_of__isnull=True)
        .select_related("event__zone", "lot")
        .order_by("event__event_time", "id")
    )


def zones_of(lot_id: int) -> list[str]:
    """Keys of the zones a lot comes from; empty where the origin was not recorded."""
    return sorted({i.event.zone.key for i in harvests_of([lot_id, *trace_back(lot_id)]) if i.event.zone is not None})


def zone_codes_of(lot_id: int) -> list[str]:
    """The zone codes cited on the way, as they were issued then."""
    return sorted({i.event.zone_code for i in harvests_of([lot_id, *trace_back(lot_id)]) if i.event.zone_code})


def balances_of(lot_ids: Iterable[int]) -> dict[int, Balance]:
    """What became of each lot, counted from the events that hold."""
    ids = list(lot_ids)
    if not ids:
        return {}
    parts: dict[int, dict[str, int]] = {i: {} for i in ids}
    named = Case(
        When(role="O", then=Value("made")),
        When(role="I", then=Value("used")),
        When(role="S", then=Value("sampled")),
        When(role="C", event__kind="return", then=Value("back")),
        When(role="C", event__kind="destroy", then=Value("destroyed")),
        default=Value(""),
    )
    live = Q(event__voided_by__isnull=True, event__error_of__isnull=True)
    rows = EventItem.objects.filter(live, lot_id__in=ids).order_by().annotate(part=named)
    for row in rows.exclude(part="").values("lot_id", "part").annotate(total=Sum("milli")):
        parts[row["lot_id"]][row["part"]] = row["total"] or 0
    moved = Movement.objects.filter(lot_id__in=ids, onward=False).order_by().values("lot_id")
    for lot_id, total in moved.annotate(total=Sum("milli")).values_list("lot_id", "total"):
        parts[lot_id]["gone"] = total
    return {
        i: Balance(
            p.get("made", 0),
            p.get("used", 0),
            p.get("sampled", 0),
            p.get("gone", 0) - p.get("back", 0),
            p.get("destroyed", 0),
        )
        for i, p in parts.items()
    }


def sent_to(lot_id: int) -> list[tuple[str, int]]:
    """Where a lot went, in order: (place or order, thousandths)."""
    totals: dict[str, int] = {}
    for move in Movement.objects.filter(lot_id=lot_id).order_by("at", "id"):
        totals[move.destination] = totals.get(move.destination, 0) + move.milli
    return list(totals.items())


def whereabouts(lot_id: int) -> dict[str, int]:
    """What lies where now, in thousandths: what is left at home, and what reached places and stayed there."""
    at: dict[str, int] = {}
    for move in Movement.objects.filter(lot_id=lot_id).order_by("at", "id"):
        if move.onward:
            at[move.source] = at.get(move.source, 0) - move.milli
        if not move.order_ref:
            at[move.destination] = at.get(move.destination, 0) + move.milli
    left = balances_of([lot_id])[lot_id].left
    if left:
        home = (
            Event.objects.filter(LIVE, items__lot_id=lot_id)
            .exclude(kind="receive")
            .exclude(movements__onward=True)
            .exclude(place="")
            .order_by("-event_time", "-line_id")
            .values_list("place", flat=True)
            .first()
        )
        at[home or ""] = at.get(home or "", 0) + left
    return {place: milli for place, milli in at.items() if milli}


def zone_shares(lot_id: int) -> dict[str, Decimal]:
    """Per cent of each zone in a lot by mass; ``""`` is what came without a zone."""
    ids = [lot_id, *trace_back(lot_id)]
    items = (
        EventItem.objects.filter(event__in=Edge.objects.filter(child_id__in=ids).values("event_id"), role__in="IO")
        .select_related("lot")
        .order_by("id")
    )
    by_event: dict[int, list[EventItem]] = {}
    for item in items:
        by_event.setdefault(item.event_id, []).append(item)
    edges: dict[str, dict[str, Decimal]] = {}
    for things in by_event.values():
        for out in (t for t in things if t.role == "O"):
            sources = edges.setdefault(str(out.lot_id), {})
            for thing in (t for t in things if t.role == "I"):
                milli = thing.milli or 0
                kg = (thing.lot.kg(milli) if thing.lot else None) or Decimal(milli) / 1000
                sources[str(thing.lot_id)] = sources.get(str(thing.lot_id), Decimal(0)) + kg
    zones = {str(i.lot_id): i.event.zone.key for i in harvests_of(ids) if i.event.zone is not None}
    return shares(edges, zones, str(lot_id))


def events_of(lot_id: int) -> list[Event]:
    """What happened to a lot, oldest first, without what was declared in error."""
    return list(
        Event.objects.filter(LIVE, items__lot_id=lot_id)
        .distinct()
        .select_related("zone")
        .order_by("event_time", "line_id")
    )


def order_goods(order_ref: str) -> list[tuple[Lot, int]]:
    """What an order carried away (thousandths by lot, in order of time), and with a minus what came back."""
    moves = Movement.objects.filter(order_ref=order_ref).select_related("lot").order_by("at", "id")
    back = EventItem.objects.filter(
        event__order_ref=order_ref, event__kind="return", role="C", event__voided_by__isnull=True
    ).select_related("lot")
    return [*((m.lot, m.milli) for m in moves), *((i.lot, -(i.milli or 0)) for i in back if i.lot is not None)]


def record_of(lot_id: int) -> tuple[list[Event], dict[int, list[EventItem]]]:
    """Events that made or touched this lot, or made what went into it, with all their items: one query.

    Sales to single buyers and the packing of cartons stay out; declarations of error are in.
    """
    joined = ("lot", "event__line", "event__zone", "event__zone_revision")
    events: dict[int, Event] = {}
    items: dict[int, list[EventItem]] = {}
    told = RawSQL(_RECORD, [lot_id, lot_id, lot_id])
    rows = EventItem.objects.filter(event_id__in=told).select_related(*joined).order_by("event__line_id", "id")
    for item in rows:
        events.setdefault(item.event_id, item.event)
        items.setdefault(item.event_id, []).append(item)
    for event in events.values():  # declared and corrected events are among them; two joins less for the planner
        if event.error_of_id in events:
            event.error_of = events[event.error_of_id]
        if event.corrects_id in events:
            event.corrects = events[event.corrects_id]
    return list(events.values()), items


def event_holds(event: Event, items: Iterable[EventItem]) -> bool:
    """Is the event as stored the one that was locked in its line of the chain?"""
    return event.line is not None and same(hash_of(event, items), event.line.event_hash)


def carried_home(event: Event) -> list[tuple[int, int]]:
    """(lot id, thousandths) that an event takes away from home; moving on what has left already is not counted."""
    return list(Movement.objects.filter(event=event, onward=False).values_list("lot_id", "milli"))


def movements_among(lot_ids: Iterable[int]) -> list[Movement]:
    """Where these lots went, in order of time, from the narrow table: one query."""
    return list(Movement.objects.filter(lot_id__in=list(lot_ids)).select_related("lot").order_by("at", "id"))
