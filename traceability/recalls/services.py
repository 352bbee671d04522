"""Calling goods back from their cause: every pack lot it went into, and where those went."""

from __future__ import annotations

from django.db import transaction

from kernel import clock
from kernel.actors import Actor
from kernel.policies import require
from traceability.lots.domain import HELD, ON_SALE
from traceability.lots.errors import ReasonMissing
from traceability.lots.policies import can_rule
from traceability.lots.selectors import lot_by_id
from traceability.lots.services import lot_recall
from traceability.recalls.models import Recall, RecalledLot
from traceability.recalls.selectors import reach


@transaction.atomic
def recall_open(*, actor: Actor, cause_id: int, reason: str, reason_en: str = "") -> Recall:
    """Call back every pack lot the cause went into (the cause itself where it is one).

    Lots already called back or destroyed are listed but not moved again. Raises: NotPermitted, LotNotFound,
    ReasonMissing.
    """
    require(can_rule(actor))
    if not reason.strip():
        raise ReasonMissing
    cause = lot_by_id(cause_id)
    recall = Recall.objects.create(
        cause=cause, reason=reason.strip(), reason_en=reason_en.strip(), opened_by=actor.label, opened_at=clock.now()
    )
    for lot in reach(cause):
        RecalledLot.objects.create(recall=recall, lot=lot, left_milli=max(lot.left_milli, 0))
        if lot.state in (ON_SALE, HELD):
            lot_recall(actor=actor, lot_id=lot.pk, reason=reason, reason_en=reason_en)
    return recall
