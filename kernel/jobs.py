"""Background work: retries on top of the tasks API, and a timer for periodic jobs.

A task must be safe to run twice. `retrying_task` gives it backoff; `periodic` puts a function on the worker's
timer. Both are picked up from each app's `tasks.py` (`autodiscover`).
"""

import functools
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import structlog
from django.utils.module_loading import autodiscover_modules
from django_tasks import task

from kernel import clock

log = structlog.get_logger("ocop.jobs")
MAX_TRIES = 6
periodic_jobs: dict[str, tuple[int, Callable[[], object]]] = {}


def retrying_task(function: Callable[..., object]) -> Any:
    """Make `function(**kwargs)` a task (`.enqueue(**kwargs)`); a failure runs it again after 4, 16, 64… seconds.

    After MAX_TRIES failures the last error is raised, so that the task stands as failed in the database.
    """

    @functools.wraps(function)
    def run(_try: int = 1, **kwargs: Any) -> None:
        try:
            function(**kwargs)
        except Exception:
            if _try >= MAX_TRIES:
                raise
            log.warning("task_retry", task=function.__name__, tries=_try, exc_info=True)
            later = clock.now() + timedelta(seconds=4**_try)
            job.using(run_after=later).enqueue(_try=_try + 1, **kwargs)

    job = task(run)
    return job


def periodic(*, seconds: int) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Run the function on the worker's timer, at most once every `seconds` across all workers."""

    def keep(function: Callable[[], object]) -> Callable[[], object]:
        periodic_jobs[f"{function.__module__}.{function.__name__}"] = (seconds, function)
        return function

    return keep


def autodiscover() -> None:
    """Import every app's `tasks.py`, which registers its periodic jobs."""
    autodiscover_modules("tasks")
