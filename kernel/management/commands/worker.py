"""`manage.py worker`: background tasks, the outbox and the timer, in one process. Several may run."""

import random
import signal
import time
from typing import Any

import structlog
from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, close_old_connections, connection
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from kernel import jobs, timer
from kernel.outbox.services import deliver_due

log = structlog.get_logger("ocop.worker")


class Command(BaseCommand):
    help = "Run background jobs, deliver the outbox and keep the timer."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then stop")
        parser.add_argument("--idle", type=float, default=1.0, help="seconds to sleep when nothing was due")

    def handle(self, *args: Any, once: bool, idle: float, **options: Any) -> None:
        self.running = True
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, self._stop)
        jobs.autodiscover()
        while self.running:
            try:
                done = timer.run_due_jobs() + deliver_due() + self._run_tasks()
            except OperationalError as error:
                # A long write by somebody else (SQLite) or a database restart: wait and go on.
                log.warning("database_busy", error=str(error)[:120])
                connection.close()
                done = 0
            if once and not done:
                break
            if not done:
                close_old_connections()
                time.sleep(idle + random.random() * 0.2)

    def _stop(self, *_: Any) -> None:
        self.running = False

    def _run_tasks(self, limit: int = 20) -> int:
        ran = 0
        while self.running and ran < limit:
            ready = DBTaskResult.objects.ready().filter(backend_name=DEFAULT_TASK_BACKEND_ALIAS)
            if not ready.exists():
                break
            with exclusive_transaction(ready.db):
                result = ready.get_locked()
                if result is None:
                    break
                result.claim("worker")
            self._run_one(result)
            ran += 1
        return ran

    def _run_one(self, result: DBTaskResult) -> None:
        try:
            result.set_successful(result.task.call(*result.task_result.args, **result.task_result.kwargs))
        except Exception as error:
            log.error("task_failed", task=result.task_path, exc_info=True)
            result.set_failed(error)
