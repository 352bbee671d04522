"""The floor's own periodic job."""

from datetime import timedelta

from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from kernel import clock
from kernel.jobs import periodic

LOST_AFTER = timedelta(minutes=15)


@periodic(seconds=60)
def revive_lost_tasks() -> int:
    """Put tasks back whose worker died in the middle; tasks are safe to run twice."""
    return DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=clock.now() - LOST_AFTER).update(
        status=TaskResultStatus.READY
    )


@periodic(seconds=86400)
def forget_old_tasks() -> int:
    """Finished tasks are kept for two weeks."""
    return DBTaskResult.objects.finished().filter(finished_at__lt=clock.now() - timedelta(days=14)).delete()[0]
