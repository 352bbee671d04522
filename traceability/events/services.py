"""Appending events: one transaction holds the event, its items, what is derived, and its line in the chain.

Lots are created and drawn down by ``traceability.lots.services``, which calls this.
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from kernel import clock
from kernel.actors import Actor
from traceability.events.derive import derive_event, underive_event
from traceability.events.domain import TRANSFORMATIONS, WORDS, Draft, Thing, chains, local_date
from traceability.events.domain.balance import from_milli, season_of, to_milli, yield_ratio
from traceability.events.errors import (
    AlreadyVoided,
    DateInFuture,
    NothingInEvent,
    QuantityNotPositive,
    QuantityTooFine,
    ZoneOverdrawn,
)
from traceability.events.models import Event, EventItem, Finding
from traceability.events.selectors.payload import hash_of
from traceability.ledger.services import lines_append

CLOCK_SKEW = timedelta(minutes=5)


def refuses() -> bool:
    """Does a broken mass balance refuse the event (or is it recorded as a warning)?"""
    return getattr(settings, "TRACE_MASS_BALANCE", "refuse") != "warn"


def milli_of(thing: Thing) -> int | None:
    if thing.quantity is None:
        return None
    if Decimal(str(thing.quantity)) <= 0:
        raise QuantityNotPositive
    try:
        return to_milli(thing.quantity)
    except ValueError:
        raise QuantityTooFine from None


@transaction.atomic
def event_append(*, actor: Actor, draft: Draft, corrects: Event | None = None) -> tuple[Event, set[int]]:
    """Record one event. Returns it and the lots whose balance has to be worked out anew.

    Raises: QuantityNotPositive, QuantityTooFine, DateInFuture, NothingInEvent, ZoneOverdrawn.
    """
    now = clock.now()
    if draft.at > now + CLOCK_SKEW:
        raise DateInFuture
    if not draft.things and not draft.unit and draft.kind != "service":
        raise NothingInEvent
    amounts = [milli_of(thing) for thing in draft.things]
    words = WORDS[draft.kind]
    season, revision, findings = _zone_rules(draft, amounts)
    event = Event(
        event_id=draft.event_id or f"urn:uuid:{uuid.uuid4()}",
        kind=draft.kind,
        event_type=words.event_type,
        action=words.action,
        biz_step=words.biz_step,
        disposition=draft.disposition or words.disposition,
        event_time=draft.at,
        record_time=draft.record_time or now,
        step=draft.step,
        place=draft.place,
        place_name=draft.place_name,
        actor_kind=draft.actor_kind,
        actor_name=draft.actor_name,
        recorded_by=actor.label,
        zone=draft.zone,
        zone_code=draft.zone_code,
        zone_revision=revision,
        season=season,
        unit=draft.unit,
        destination=draft.destination,
        order_ref=draft.order_ref,
        key=draft.key,
        facts=draft.facts,
        reason=draft.reason,
        corrects=corrects,
    )
    items = [
        EventItem(
            event=event,
            lot=t.lot,
            unit=t.unit,
            role=t.role,
            milli=milli,
            facts=t.facts,
            uom=(t.uom or (t.lot.uom if t.lot else "")) if milli is not None else "",
        )
        for t, milli in zip(draft.things, amounts, strict=True)
    ]
    _store(event, items)
    findings += _yield_findings(draft, amounts)
    Finding.objects.bulk_create([Finding(event=event, rule=r, params=p, lot=lot) for r, p, lot in findings])
    return event, derive_event(event, items)


def _store(event: Event, items: list[EventItem]) -> None:
    (event.line,) = lines_append([(event.event_id, hash_of(event, items))])
    event.save()
    for item in items:
        item.event = event
    EventItem.objects.bulk_create(items)


def _zone_rules(draft: Draft, amounts: list[int | None]):
    """Season, outline in force, and findings of a harvest; refuses what the zone cannot have given."""
    if draft.zone is None:
        return "", None, []
    zone, day = draft.zone, local_date(draft.at)
    findings: list[tuple[str, dict[str, str], None]] = []
    season = season_of(day, zone.months, zone.seasons_per_year)
    revision = zone.revisions.filter(valid_from__lte=day).order_by("-number").first()
    if draft.kind != "harvest":
        return season, revision, findings
    code = zone.codes.filter(code=draft.zone_code).first()
    if code is None:
        findings.append(("code_unknown", {"code": draft.zone_code}, None))
    elif not code.covers(day):
        findings.append(("code_lapsed", {"code": code.code, "valid_to": str(code.valid_to or "")}, None))
    if zone.capacity_kg is not None:
        type(zone).objects.select_for_update().filter(pk=zone.pk).exists()  # one harvest of a zone at a time
        given = season_given(zone, season)
        asked = sum(
            (t.lot.kg(m) or Decimal(0) for t, m in zip(draft.things, amounts, strict=True) if t.role == "O" and m),
            Decimal(0),
        )
        if given + asked > zone.capacity_kg:
            told = {
                "zone": zone.key,
                "capacity": chains.number(zone.capacity_kg, "vi"),
                "given": chains.number(given, "vi"),
                "asked": chains.number(asked, "vi"),
            }
            if refuses():
                raise ZoneOverdrawn(**told)
            findings.append(("zone_overdrawn", told, None))
    return season, revision, findings


def season_given(zone, season: str) -> Decimal:
    """Kilograms harvested in a zone in one season, corrections taken into account."""
    rows = (
        EventItem.objects.filter(event__zone=zone, event__season=season, event__kind="harvest", role="O")
        .filter(event__voided_by__isnull=True, event__error_of__isnull=True)
        .values("lot__uom", "lot__unit_grams")
        .annotate(total=Sum("milli"))
    )
    total = Decimal(0)
    for row in rows:
        grams = 1000 if row["lot__uom"] == "KGM" else row["lot__unit_grams"] or 0
        total += from_milli(row["total"]) * grams / 1000
    return total


def _yield_findings(draft: Draft, amounts: list[int | None]):
    limits = chains.yield_limits(draft.step) if draft.kind in TRANSFORMATIONS else None
    if limits is None:
        return []
    masses: dict[str, list[Decimal]] = {"I": [], "O": []}
    for thing, milli in zip(draft.things, amounts, strict=True):
        if thing.role not in masses or not milli:
            continue
        kg = thing.lot.kg(milli)
        if kg is None:  # litres or pieces of unknown mass: nothing to compare
            return []
        masses[thing.role].append(kg)
    ratio = yield_ratio(masses["I"], masses["O"])
    if ratio is None or limits[0] <= ratio <= limits[1]:
        return []
    return [("yield_out_of_range", {"ratio": str(ratio), "min": str(limits[0]), "max": str(limits[1])}, None)]


def finding_add(*, event: Event, rule: str, lot=None, **params: object) -> Finding:
    """Note a rule that was met but not refused."""
    return Finding.objects.create(event=event, lot=lot, rule=rule, params=params)


@transaction.atomic
def event_void(
    *, actor: Actor, event: Event, reason: str, record_time=None, event_id: str = ""
) -> tuple[Event, set[int]]:
    """Declare an event in error: it is repeated with the declaration and leaves the trace; nothing is deleted.

    Raises: AlreadyVoided.
    """
    if event.error_of_id or Event.objects.filter(error_of=event).exists():
        raise AlreadyVoided
    copied = (
        "event_type",
        "action",
        "biz_step",
        "disposition",
        "event_time",
        "tz",
        "place",
        "place_name",
        "actor_kind",
        "actor_name",
        "zone",
        "zone_code",
        "zone_revision",
        "unit",
        "destination",
        "order_ref",
    )
    declaration = Event(
        kind="error",
        event_id=event_id or f"urn:uuid:{uuid.uuid4()}",
        record_time=record_time or clock.now(),
        recorded_by=actor.label,
        reason=reason,
        error_of=event,
        **{name: getattr(event, name) for name in copied},
    )
    items = [
        EventItem(event=declaration, lot=i.lot, unit=i.unit, role=i.role, milli=i.milli, uom=i.uom, facts=i.facts)
        for i in event.items.select_related("lot")
    ]
    _store(declaration, items)
    return declaration, underive_event(event)
