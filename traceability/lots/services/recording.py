"""What people on the ground record: harvest, processing, packing, tests, boxes, shipping, sale."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction

from kernel.actors import Actor
from kernel.policies import require
from traceability.events.domain import Draft, Thing
from traceability.identifiers.domain import Serial as SerialValue
from traceability.lots.errors import ZoneUnknown
from traceability.lots.models import Lot, Serial
from traceability.lots.policies import can_record
from traceability.lots.services.capture import NewLot, capture
from traceability.zones.selectors import zone_find

if TYPE_CHECKING:
    from traceability.events.models import Event

Use = tuple[Lot, Decimal]


def _inputs(uses: Iterable[Use], role: str = "I") -> tuple[Thing, ...]:
    return tuple(Thing(role, lot, quantity, lot.uom) for lot, quantity in uses)


def record_harvest(
    *, actor: Actor, zone: str, lot: NewLot, at: datetime, zone_code: str = "", **details: Any
) -> tuple[Event, Lot]:
    """A harvest of a registered zone opens a lot. ``zone_code`` is the code cited, by default the one in force.

    Raises: ZoneUnknown, ZoneOverdrawn, LotCodeTaken, QuantityNotPositive, DateInFuture.
    """
    found = zone_find(zone)
    if found is None:
        raise ZoneUnknown(zone=zone)
    draft = Draft(
        "harvest",
        at,
        zone=found,
        zone_code=zone_code or found.code_on(at),
        place=str(details.pop("place", found.key)),
        place_name=str(details.pop("place_name", found.name_vi)),
        **details,
    )
    return _one(actor, draft, [lot])


def record_source(*, actor: Actor, lot: NewLot, at: datetime, **details: Any) -> tuple[Event, Lot]:
    """Goods taken in without a zone: bought in, or on hand before records began. The lot says so."""
    return _one(actor, Draft("source", at, **details), [lot])


def record_process(
    *,
    actor: Actor,
    inputs: Iterable[Use],
    outputs: Iterable[NewLot] = (),
    back_into: Iterable[Use] = (),
    at: datetime,
    **details: Any,
) -> tuple[Event, list[Lot]]:
    """Some lots become others. ``back_into`` returns goods to lots that exist already (rework)."""
    return _made(actor, Draft("process", at, (*_inputs(inputs), *_inputs(back_into, "O")), **details), outputs)


def record_pack(
    *, actor: Actor, inputs: Iterable[Use], outputs: Iterable[NewLot], at: datetime, **details: Any
) -> tuple[Event, list[Lot]]:
    """Goods go into packs with a GTIN and a lot code: what a shopper holds."""
    return _made(actor, Draft("pack", at, _inputs(inputs), **details), outputs)


def record_sample(*, actor: Actor, lot: Lot, quantity: Decimal, at: datetime, **details: Any) -> Event:
    return capture(actor=actor, draft=Draft("sample", at, _inputs([(lot, quantity)], "S"), **details))


def record_test(*, actor: Actor, lot: Lot, at: datetime, passed: bool = True, **details: Any) -> Event:
    """A laboratory's or inspector's word about a lot. A failed test does not hold the lot by itself."""
    disposition = "conformant" if passed else "non_conformant"
    return capture(actor=actor, draft=Draft("test", at, (Thing("X", lot),), disposition=disposition, **details))


def record_stock(*, actor: Actor, lot: Lot, at: datetime, **details: Any) -> Event:
    """A lot is put on the shelf."""
    return capture(actor=actor, draft=Draft("stock", at, (Thing("X", lot),), **details))


def record_box(
    *, actor: Actor, unit: str, goods: Iterable[Use] = (), units: Iterable[str] = (), at: datetime, **details: Any
) -> Event:
    """Goods, or smaller units, go into a carton or onto a pallet (SSCC)."""
    things = (*_inputs(goods, "C"), *(Thing("C", unit=u) for u in units))
    return capture(actor=actor, draft=Draft("box", at, things, unit=unit, **details))


def record_unbox(
    *, actor: Actor, unit: str, goods: Iterable[Use] = (), units: Iterable[str] = (), at: datetime, **details: Any
) -> Event:
    """Something comes out of a unit; with nothing named the unit is emptied."""
    things = (*_inputs(goods, "C"), *(Thing("C", unit=u) for u in units))
    return capture(actor=actor, draft=Draft("unbox", at, things, unit=unit, **details))


def record_ship(
    *, actor: Actor, destination: str, goods: Iterable[Use] = (), unit: str = "", at: datetime, **details: Any
) -> Event:
    """Goods leave for a place: named lots, or whatever lies in the unit at that moment."""
    draft = Draft("ship", at, _inputs(goods, "C"), unit=unit, destination=destination, **details)
    return capture(actor=actor, draft=draft)


def record_receive(*, actor: Actor, goods: Iterable[Use] = (), unit: str = "", at: datetime, **details: Any) -> Event:
    return capture(actor=actor, draft=Draft("receive", at, _inputs(goods, "C"), unit=unit, **details))


def record_sale(
    *, actor: Actor, goods: Iterable[Use], order_ref: str, at: datetime, key: str | None = None, **details: Any
) -> Event:
    """Goods reach a buyer. The same ``key`` a second time returns the first event."""
    draft = Draft("sell", at, _inputs(goods, "C"), order_ref=order_ref, destination=order_ref, key=key, **details)
    return capture(actor=actor, draft=draft)


def record_service(*, actor: Actor, order_ref: str, at: datetime, **details: Any) -> Event:
    """A service has no lot; its record stands in the log and takes no part in the trace."""
    return capture(actor=actor, draft=Draft("service", at, order_ref=order_ref, **details))


@transaction.atomic
def serials_add(*, actor: Actor, lot: Lot, values: Iterable[str]) -> int:
    """Give single pieces of a packed lot numbers of their own."""
    require(can_record(actor, lot.producer_code))
    rows = [Serial(lot=lot, gtin=lot.gtin, value=SerialValue(v).value) for v in values]
    Serial.objects.bulk_create(rows)
    return len(rows)


def _one(actor: Actor, draft: Draft, new: list[NewLot]) -> tuple[Event, Lot]:
    event, lots = _made(actor, draft, new)
    return event, lots[0]


def _made(actor: Actor, draft: Draft, new: Iterable[NewLot]) -> tuple[Event, list[Lot]]:
    event = capture(actor=actor, draft=draft, new=list(new))
    rows = event.items.filter(role="O", lot__isnull=False).select_related("lot").order_by("id")
    lots = [i.lot for i in rows if i.lot is not None]
    return event, lots
