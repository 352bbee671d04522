"""One turn of the timer: run the periodic jobs that are due."""

from datetime import timedelta

import structlog
from django.db import IntegrityError, transaction

from kernel import clock
from kernel.jobs import periodic_jobs
from kernel.models import TimerTick

log = structlog.get_logger("ocop.timer")


def run_due_jobs() -> int:
    """Run each due periodic job once; returns how many ran. A failing job is logged and tried next time."""
    ran = 0
    for name, (seconds, function) in periodic_jobs.items():
        if _claim(name, seconds):
            try:
                function()
                ran += 1
            except Exception:
                log.error("periodic_job_failed", job=name, exc_info=True)
    return ran


def _claim(name: str, seconds: int) -> bool:
    now = clock.now()
    next_at = now + timedelta(seconds=seconds)
    if TimerTick.objects.filter(name=name, next_at__lte=now).update(next_at=next_at):
        return True
    if TimerTick.objects.filter(name=name).exists():
        return False
    try:
        with transaction.atomic():
            TimerTick.objects.create(name=name, next_at=next_at)
    except IntegrityError:
        return False
    return True
