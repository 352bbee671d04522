"""Problem reports: taken from anyone, worked through by the office."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db import transaction

from kernel import clock
from kernel.actors import Actor
from kernel.audit import services as audit
from kernel.policies import require
from kernel.text import nfc
from traceability.scans.domain import HOURLY_LIMIT, looks_like_spam
from traceability.scans.errors import AnswerMissing, ReportNotFound, TooManyReports
from traceability.scans.models import ProblemReport
from traceability.scans.signals import problem_reported


@transaction.atomic
def problem_report(
    *,
    actor: Actor,
    gtin: str,
    lot_code: str,
    kind: str,
    message: str,
    contact: str = "",
    source: str = "",
    trap: str = "",
) -> ProblemReport | None:
    """Take a report. What looks like spam is dropped without telling its sender; returns None then.

    ``source`` (an address) is kept only as a hash that changes every day. Raises: TooManyReports.
    """
    if looks_like_spam(trap=trap, message=message):
        return None
    digest = hashlib.sha256(f"{settings.SECRET_KEY}|{clock.today()}|{source}".encode()).hexdigest()[:32]
    now = clock.now()
    recent = ProblemReport.objects.filter(source_hash=digest, created_at__gte=now - timedelta(hours=1))
    if source and getattr(settings, "RATE_LIMITS", True) and recent.count() >= HOURLY_LIMIT:
        raise TooManyReports
    report = ProblemReport.objects.create(
        gtin=gtin[:14],
        lot_code=lot_code[:20],
        kind=kind,
        message=nfc(message.strip())[:1000],
        contact=nfc(contact.strip())[:120],
        created_at=now,
        updated_at=now,
        source_hash=digest if source else "",
    )
    transaction.on_commit(
        partial(
            problem_reported.send_robust,
            sender=ProblemReport,
            report_id=report.pk,
            gtin=report.gtin,
            lot_code=report.lot_code,
        )
    )
    return report


@transaction.atomic
def problem_move(*, actor: Actor, report_id: int, to: str, answer: str = "") -> ProblemReport:
    """Move a report on in the office's queue; closing it needs an answer.

    Raises: NotPermitted, ReportNotFound, AnswerMissing.
    """
    require(actor.has_role("office", "administrators"))
    report = ProblemReport.objects.select_for_update().filter(pk=report_id).first()
    if report is None:
        raise ReportNotFound
    if to == ProblemReport.State.DONE and not answer.strip():
        raise AnswerMissing
    old = report.state
    report.state, report.updated_at, report.answered_by = to, clock.now(), actor.label
    report.answer = nfc(answer.strip())[:1000] or report.answer
    report.save()
    audit.record(actor, f"traceability.report.{to}", report, {"state": old}, {"state": to})
    return report
