"""Holding, releasing, calling back and destroying a lot: one guarded update and one event each."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kernel import clock, pagecache
from kernel.actors import Actor
from kernel.audit import services as audit
from kernel.policies import require
from kernel.text import nfc
from traceability.events.domain import Draft, Thing
from traceability.events.domain.balance import from_milli
from traceability.events.selectors import trace_forward
from traceability.events.selectors.payload import lots_of_broken_events
from traceability.lots.domain import DESTROYED, HELD, MOVES, ON_SALE, RECALLED
from traceability.lots.errors import LotMoveRefused, LotNotFound, ReasonMissing
from traceability.lots.models import Lot
from traceability.lots.policies import can_hold, can_rule
from traceability.lots.selectors import packs_among
from traceability.lots.services.capture import capture
from traceability.lots.signals import lot_state_changed

VERBS = {HELD: "hold", ON_SALE: "release", RECALLED: "recall", DESTROYED: "destroy"}


def lot_hold(*, actor: Actor, lot_id: int, reason: str, reason_en: str = "", **details: Any) -> Lot:
    """Stop a lot until a question is answered. Raises: ReasonMissing, LotMoveRefused, NotPermitted, LotNotFound."""
    lot = _lot(lot_id)
    require(can_hold(actor, lot.producer_code))
    return _move(actor, lot, HELD, reason, reason_en, details)


def lot_release(*, actor: Actor, lot_id: int, reason: str = "", reason_en: str = "", **details: Any) -> Lot:
    """Set a held lot free. Raises: LotMoveRefused, NotPermitted, LotNotFound."""
    lot = _lot(lot_id)
    require(can_rule(actor))
    if lot.state != HELD:
        raise LotMoveRefused(state=lot.get_state_display(), to=_("released"))
    return _move(actor, lot, ON_SALE, reason, reason_en, details, reason_needed=False)


def lot_recall(*, actor: Actor, lot_id: int, reason: str, reason_en: str = "", **details: Any) -> Lot:
    """Call a lot back. Buyers read the reason. Raises: ReasonMissing, LotMoveRefused, NotPermitted, LotNotFound."""
    lot = _lot(lot_id)
    require(can_rule(actor))
    return _move(actor, lot, RECALLED, reason, reason_en, details)


def lot_destroy(*, actor: Actor, lot_id: int, reason: str, reason_en: str = "", **details: Any) -> Lot:
    """Put on record that what was left of a lot is gone for good."""
    lot = _lot(lot_id)
    require(can_rule(actor))
    return _move(actor, lot, DESTROYED, reason, reason_en, details)


def lots_guard(*, actor: Actor) -> list[Lot]:
    """Hold every packed lot on sale that holds something of an event which does not verify. Safe to repeat."""
    ids: set[int] = set()
    for lot_id in lots_of_broken_events():
        ids |= {lot_id, *trace_forward(lot_id)}
    reason = "Một dòng ghi không khớp, đang làm rõ."
    return [
        lot_hold(
            actor=actor, lot_id=lot.pk, reason=reason, reason_en="One line does not match; it is being cleared up."
        )
        for lot in packs_among(ids)
        if lot.state == ON_SALE
    ]


def _lot(lot_id: int) -> Lot:
    lot = Lot.objects.filter(pk=lot_id).first()
    if lot is None:
        raise LotNotFound
    return lot


@transaction.atomic
def _move(
    actor: Actor, lot: Lot, to: str, reason: str, reason_en: str, details: dict[str, Any], *, reason_needed: bool = True
) -> Lot:
    reason, reason_en = nfc(reason.strip()), nfc(reason_en.strip())
    if reason_needed and not reason:
        raise ReasonMissing
    at = details.pop("at", None) or clock.now()
    old = lot.state
    allowed = [state for state, targets in MOVES.items() if to in targets]
    if old not in allowed:
        raise LotMoveRefused(state=lot.get_state_display(), to=Lot.State(to).label)
    quantity = from_milli(lot.left_milli) if lot.left_milli > 0 else None
    # The event first: a destroyed lot takes no further events.
    capture(
        actor=actor,
        draft=Draft(
            VERBS[to], at, (Thing("C" if to == DESTROYED else "X", lot, quantity, lot.uom),), reason=reason, **details
        ),
    )
    moved = Lot.objects.filter(pk=lot.pk, state=old).update(
        state=to,
        state_reason="" if to == ON_SALE else reason,
        state_reason_en="" if to == ON_SALE else reason_en,
        state_at=at,
    )
    if not moved:
        raise LotMoveRefused(state=lot.get_state_display(), to=Lot.State(to).label)
    lot.refresh_from_db()
    audit.record(actor, f"traceability.lot.{to}", lot, {"state": old}, {"state": to, "reason": reason})
    pagecache.bump()
    transaction.on_commit(
        partial(lot_state_changed.send_robust, sender=Lot, lot_id=lot.pk, gtin=lot.gtin, old=old, new=to)
    )
    return lot
