"""The one way an event reaches the record: rules of lots, the event itself, and what is left afterwards."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from kernel import clock, pagecache
from kernel.actors import Actor
from kernel.policies import require
from kernel.text import nfc
from traceability.events import services as events
from traceability.events.domain import MOVES, Draft, Thing, local_date
from traceability.events.domain.balance import from_milli
from traceability.events.selectors import balances_of, carried_home, event_with_key
from traceability.identifiers.domain import Gtin, IdentifierError, LotCode, crockford
from traceability.lots.domain import DESTROYED, ON_SALE
from traceability.lots.errors import (
    BeforeItWasMade,
    DatesCross,
    GtinWrong,
    LotCodeTaken,
    LotCodeWrong,
    LotNotUsable,
    LotOverdrawn,
)
from traceability.lots.models import Lot
from traceability.lots.policies import can_record
from traceability.lots.selectors import facts_of
from traceability.lots.signals import lot_created

if TYPE_CHECKING:
    from traceability.events.models import Event

#: Kinds that draw from a lot and therefore need it free.
DRAWS = {"process", "pack", "ship", "sell", "sample"}


@dataclass(frozen=True, slots=True)
class NewLot:
    """A lot about to be made by an event."""

    code: str
    kind: str
    product_name: str
    quantity: Decimal
    uom: str = "KGM"
    gtin: str = ""
    product_name_en: str = ""
    producer_code: str = ""
    producer_name: str = ""
    unit_grams: int | None = None
    produced_at: date | None = None
    packed_at: date | None = None
    expires_on: date | None = None
    short_code: str = ""


def lot_open(spec: NewLot, at: date) -> Lot:
    """Create the row of a new lot. The unique constraint decides a race, not a prior read.

    Raises: GtinWrong, LotCodeWrong, LotCodeTaken, DatesCross.
    """
    gtin = spec.gtin
    if gtin:
        try:
            gtin = Gtin.parse(gtin).value
        except IdentifierError:
            raise GtinWrong(gtin=spec.gtin) from None
    try:
        code = LotCode(nfc(spec.code.strip())).value
    except IdentifierError:
        raise LotCodeWrong from None
    if spec.expires_on and spec.packed_at and spec.expires_on < spec.packed_at:
        raise DatesCross
    lot = Lot(
        gtin=gtin,
        code=code,
        short_code=spec.short_code or crockford(secrets.randbits(40), 8),
        kind=spec.kind,
        product_name=nfc(spec.product_name),
        product_name_en=nfc(spec.product_name_en),
        producer_code=spec.producer_code,
        producer_name=nfc(spec.producer_name),
        uom=spec.uom,
        unit_grams=spec.unit_grams,
        produced_at=spec.produced_at or at,
        packed_at=spec.packed_at,
        expires_on=spec.expires_on,
        created_at=clock.now(),
    )
    try:
        with transaction.atomic():
            lot.save(force_insert=True)
    except IntegrityError:
        raise LotCodeTaken(code=code) from None
    transaction.on_commit(partial(lot_created.send_robust, sender=Lot, lot_id=lot.pk, gtin=lot.gtin))
    return lot


@transaction.atomic
def capture(*, actor: Actor, draft: Draft, new: Iterable[NewLot] = (), corrects: Event | None = None) -> Event:
    """Record an event with the lots it draws from and those it makes (``new`` become outputs).

    Raises: NotPermitted, and the refusals of lots and events; nothing is written then.
    """
    if draft.key:
        known = event_with_key(draft.key)
        if known is not None:
            return known
    day = local_date(draft.at)
    makers = {s.producer_code for s in new} | {t.lot.producer_code for t in draft.things if t.lot is not None}
    for code in makers:
        require(can_record(actor, code))
    _check_free(draft, day, _rows_now(draft))
    made = []
    for spec in new:
        lot = lot_open(spec, day)
        made.append(Thing("O", lot, spec.quantity, spec.uom, facts=facts_of(lot)))
    draft = replace(draft, things=(*draft.things, *made))
    event, stale = events.event_append(actor=actor, draft=draft, corrects=corrects)
    if corrects is None:
        settle(event, stale)
    _note_origin(event, draft, made)
    if draft.kind in ("pack", "sell", "ship", "return", "source", "stock"):
        pagecache.bump()
    return event


def _rows_now(draft: Draft) -> dict[int, Lot]:
    """The lots concerned as they are in the database now, locked in key order."""
    ids = {t.lot.pk for t in draft.things if t.lot is not None}
    return {lot.pk: lot for lot in Lot.objects.select_for_update().filter(pk__in=ids).order_by("pk")} if ids else {}


def _check_free(draft: Draft, day: date, rows: dict[int, Lot]) -> None:
    for thing in draft.things:
        if thing.lot is None:
            continue
        lot = rows[thing.lot.pk]
        if lot.state == DESTROYED or (lot.state != ON_SALE and draft.kind in DRAWS and thing.role in "IC"):
            raise LotNotUsable(lot=lot.code, state=lot.get_state_display())
        if draft.kind == "sell" and lot.expires_on and lot.expires_on < day:
            raise LotNotUsable(lot=lot.code, state=_("past its date"))
        if thing.role in "ICS" and lot.produced_at and day < lot.produced_at:
            raise BeforeItWasMade(lot=lot.code, day=lot.produced_at)


def settle(event: Event, stale: Iterable[int] = ()) -> None:
    """Draw down and add up the lots of a new event by guarded updates."""
    draws: dict[int, int] = {}
    gains: dict[int, int] = {}
    for item in event.items.exclude(lot=None):
        assert item.lot_id is not None
        if item.role in "IS" or (item.role == "C" and event.kind == "destroy"):
            draws[item.lot_id] = draws.get(item.lot_id, 0) + (item.milli or 0)
        elif item.role == "O" or (item.role == "C" and event.kind == "return"):
            gains[item.lot_id] = gains.get(item.lot_id, 0) + (item.milli or 0)
            if item.role == "O":
                Lot.objects.filter(pk=item.lot_id).update(made_milli=F("made_milli") + (item.milli or 0))
    if event.kind in MOVES:
        for lot_id, milli in carried_home(event):
            draws[lot_id] = draws.get(lot_id, 0) + milli
    for lot_id, milli in sorted(gains.items()):
        Lot.objects.filter(pk=lot_id).update(left_milli=F("left_milli") + milli)
    for lot_id, milli in sorted(draws.items()):
        if milli:
            _draw(lot_id, milli, event)
    recount(stale)


def _draw(lot_id: int, milli: int, event: Event) -> None:
    row = Lot.objects.filter(pk=lot_id)
    if row.filter(left_milli__gte=milli).update(left_milli=F("left_milli") - milli):
        return
    lot = row.get()
    told = {"lot": lot.code, "available": str(lot.left), "asked": str(from_milli(milli)), "uom": lot.uom}
    if events.refuses():
        raise LotOverdrawn(**told)
    row.update(left_milli=F("left_milli") - milli)
    events.finding_add(event=event, rule="lot_overdrawn", **{**told, "lot": lot, "code": lot.code})


def recount(lot_ids: Iterable[int], *, check: bool = True) -> None:
    """Work out made and left of some lots from all events that hold.

    Raises: LotOverdrawn where more went out than came in (unless warnings are enough).
    """
    for lot_id, balance in sorted(balances_of(lot_ids).items()):
        Lot.objects.filter(pk=lot_id).update(made_milli=balance.made, left_milli=balance.left)
        if balance.left < 0 and check and events.refuses():
            lot = Lot.objects.get(pk=lot_id)
            raise LotOverdrawn(
                lot=lot.code,
                available=str(from_milli(balance.made)),
                asked=str(from_milli(balance.made - balance.left)),
                uom=lot.uom,
            )


def _note_origin(event: Event, draft: Draft, made: list[Thing]) -> None:
    """A lot that starts here without a zone has no recorded origin: said on its page, listed for the office."""
    if draft.kind != "source":
        return
    for thing in made:
        Lot.objects.filter(pk=thing.lot.pk).update(origin_unknown=True)
        thing.lot.origin_unknown = True
        events.finding_add(event=event, rule="source_unknown", lot=thing.lot, code=thing.lot.code)
