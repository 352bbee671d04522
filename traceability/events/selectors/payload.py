"""The canonical content of an event: what its hash covers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from traceability.events.domain.balance import from_milli
from traceability.events.models import Event, EventItem
from traceability.ledger.domain import payload_hash, same
from traceability.ledger.selectors import locked_hashes

CHUNK = 2000
#: What an event's payload reads besides the event itself.
PAYLOAD_JOINS = ("zone", "zone_revision", "error_of", "corrects")


def payload_of(event: Event, items: Iterable[EventItem]) -> dict[str, Any]:
    lines = []
    for item in items:
        line: dict[str, Any] = {"role": item.role}
        if (lot := item.lot) is not None:
            line["lot"] = [lot.gtin, lot.producer_code, lot.code]
        else:
            line["unit"] = item.unit
        if item.milli is not None:
            line |= {"qty": from_milli(item.milli), "uom": item.uom}
        if item.facts:
            line["facts"] = item.facts
        lines.append(line)
    content = {
        "id": event.event_id,
        "kind": event.kind,
        "type": event.event_type,
        "action": event.action,
        "biz_step": event.biz_step,
        "disposition": event.disposition,
        "time": event.event_time,
        "tz": event.tz,
        "recorded": event.record_time,
        "step": event.step,
        "place": [event.place, event.place_name],
        "actor": [event.actor_kind, event.actor_name],
        "by": event.recorded_by,
        "zone": [event.zone.key, event.zone_code] if event.zone is not None else [],
        "revision": event.zone_revision.number if event.zone_revision is not None else None,
        "unit": event.unit,
        "to": event.destination,
        "order": event.order_ref,
        "facts": event.facts,
        "reason": event.reason,
        "error_of": event.error_of.event_id if event.error_of is not None else "",
        "corrects": event.corrects.event_id if event.corrects is not None else "",
        "items": sorted(lines, key=lambda i: (i["role"], str(i.get("lot") or i.get("unit")), str(i.get("qty")))),
    }
    return {k: v for k, v in content.items() if v not in ("", [], {}, None)}


def hash_of(event: Event, items: Iterable[EventItem]) -> str:
    return payload_hash(payload_of(event, items))


def stored_hashes() -> Iterator[tuple[str, str]]:
    """(event id, hash recomputed from the rows) of every event, in order of recording, chunk by chunk."""
    last = 0
    while True:
        events = list(Event.objects.filter(line_id__gt=last).select_related(*PAYLOAD_JOINS).order_by("line_id")[:CHUNK])
        if not events:
            return
        items: dict[int, list[EventItem]] = {}
        for item in EventItem.objects.filter(event__in=[e.pk for e in events]).select_related("lot"):
            items.setdefault(item.event_id, []).append(item)
        for event in events:
            yield event.event_id, hash_of(event, items.get(event.pk, []))
        last = events[-1].line_id


def lots_of_broken_events() -> set[int]:
    """Lots in events that are no longer what was locked when they were recorded. Reads the whole record."""
    locked = locked_hashes()
    bad = [event_id for event_id, found in stored_hashes() if not same(found, locked.get(event_id, ""))]
    rows = EventItem.objects.filter(event__event_id__in=bad, lot__isnull=False)
    return {lot_id for lot_id in rows.values_list("lot_id", flat=True) if lot_id is not None}
