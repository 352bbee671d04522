"""The certificate register. Certificates are dated rows: a new recognition is a new row."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from catalog.certification.models import Certificate
from catalog.certification.policies import can_keep_register
from catalog.certification.signals import certificate_changed
from kernel import pagecache
from kernel.actors import Actor
from kernel.audit import services as audit
from kernel.policies import require

State = Certificate.State


@transaction.atomic
def certificates_report(*, actor: Actor, reports: Mapping[int, Mapping[str, Any] | None]) -> int:
    """Keep what a source says about products (by id) as history, never as current stars; None takes it back.

    Returns how many rows were written or taken back. Raises NotPermitted.
    """
    require(can_keep_register(actor))
    there = {c.product_id: c for c in Certificate.objects.filter(product_id__in=reports, state=State.REPORTED)}
    fresh, touched = [], 0
    for product_id, report in reports.items():
        old = there.get(product_id)
        if report is None:
            if old is not None:
                audit.record(actor, "certification.report.taken_back", old, old={"stars": old.stars})
                old.delete()
                touched += 1
            continue
        if old is None:
            fresh.append(Certificate(product_id=product_id, state=State.REPORTED, **report))
            continue
        before = {name: getattr(old, name) for name, value in report.items() if getattr(old, name) != value}
        if before:
            for name in before:
                setattr(old, name, report[name])
            old.save(update_fields=list(before))
            audit.record(
                actor, "certification.report.changed", old, old=before, new={name: report[name] for name in before}
            )
            touched += 1
    Certificate.objects.bulk_create(fresh, batch_size=500)
    if fresh or touched:
        pagecache.bump()
        for product_id in reports:
            _announce(product_id, None)
    return len(fresh) + touched


def _announce(product_id: int, certificate_id: int | None) -> None:
    transaction.on_commit(
        lambda: certificate_changed.send_robust(
            sender=Certificate, product_id=product_id, certificate_id=certificate_id
        )
    )
