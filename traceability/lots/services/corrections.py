"""A mistake is answered: the wrong event is declared in error, the right one takes its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from kernel import pagecache
from kernel.actors import Actor
from kernel.policies import require
from traceability.events import services as events
from traceability.events.domain import Draft, Thing
from traceability.events.domain.balance import from_milli
from traceability.lots.errors import ReasonMissing
from traceability.lots.policies import can_record
from traceability.lots.services.capture import capture, recount

if TYPE_CHECKING:
    from traceability.events.models import Event


@dataclass(frozen=True, slots=True)
class Correction:
    """One wrong event and what should stand instead (nothing, where it never happened)."""

    wrong: Event
    right: Draft | None = None
    declared_at: datetime | None = None
    declaration_id: str = ""


def draft_of(event: Event, **changes: Any) -> Draft:
    """An event as a draft, to be put right with ``changes``."""
    things = tuple(
        Thing(i.role, i.lot, None if i.milli is None else from_milli(i.milli), i.uom, i.unit, i.facts)
        for i in event.items.select_related("lot")
    )
    draft = Draft(
        event.kind,
        event.event_time,
        things,
        step=event.step,
        place=event.place,
        place_name=event.place_name,
        actor_kind=event.actor_kind,
        actor_name=event.actor_name,
        zone=event.zone,
        zone_code=event.zone_code,
        unit=event.unit,
        destination=event.destination,
        order_ref=event.order_ref,
        facts=event.facts,
        reason=event.reason,
        disposition=event.disposition,
    )
    return replace(draft, **changes)


@transaction.atomic
def record_correction(*, actor: Actor, corrections: Iterable[Correction], reason: str) -> list[Event]:
    """Put one or several events right together, and count the lots anew only when all of them stand.

    Correcting a harvest alone may leave its lot giving more than it has; then the events that drew from it are
    corrected in the same call. Returns the correcting events.

    Raises: ReasonMissing, AlreadyVoided, LotOverdrawn, NotPermitted.
    """
    if not reason.strip():
        raise ReasonMissing
    corrections = list(corrections)
    lots: set[int] = set()
    for correction in corrections:
        wrong = correction.wrong
        for item in wrong.items.exclude(lot=None).select_related("lot"):
            if item.lot is not None:
                require(can_record(actor, item.lot.producer_code))
                lots.add(item.lot.pk)
        _, stale = events.event_void(
            actor=actor,
            event=wrong,
            reason=reason,
            record_time=correction.declared_at,
            event_id=correction.declaration_id,
        )
        lots |= stale
    righted = []
    for correction in corrections:
        if correction.right is not None:
            event = capture(actor=actor, draft=correction.right, corrects=correction.wrong)
            lots |= set(event.items.exclude(lot=None).values_list("lot_id", flat=True))
            lots |= set(event.movements.values_list("lot_id", flat=True))
            righted.append(event)
    recount(lots)
    pagecache.bump()
    return righted
