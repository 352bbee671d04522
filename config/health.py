"""`/healthz`: the process answers. `/readyz`: what it depends on, as JSON; degraded is not down."""

import shutil
import time
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from kernel import clock
from kernel.outbox.models import OutboxMessage
from search.engines import engine

LOW_DISK_BYTES = 500 * 1024 * 1024


def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> JsonResponse:
    """200 with "ok" or "degraded"; 503 with "down" only when the database does not answer."""
    checks = {name: _try(check) for name, check in CHECKS.items()}
    down = not checks["database"]["ok"]
    state = "down" if down else "ok" if all(c["ok"] for c in checks.values()) else "degraded"
    return JsonResponse({"status": state, "checks": checks}, status=503 if down else 200)


def _try(check: Callable[[], dict[str, object]]) -> dict[str, object]:
    started = time.monotonic()
    try:
        detail = {"ok": True, **check()}
    except Exception as error:
        detail = {"ok": False, "error": type(error).__name__}
    return {**detail, "ms": round((time.monotonic() - started) * 1000, 1)}


def _database() -> dict[str, object]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {"vendor": connection.vendor}


def _cache() -> dict[str, object]:
    cache.set("readyz", "1", 5)
    return {"ok": cache.get("readyz") == "1"}


def _search() -> dict[str, object]:
    return {"ok": engine().ready(), "engine": "elasticsearch" if settings.SEARCH_URL else "embedded"}


def _disk() -> dict[str, object]:
    free = shutil.disk_usage(settings.BASE_DIR).free
    return {"ok": free > LOW_DISK_BYTES, "free_mb": free // 2**20}


def _queue() -> dict[str, object]:
    """Age in seconds of the oldest thing that is due but not done."""
    now = clock.now()
    tasks = DBTaskResult.objects.filter(status=TaskResultStatus.READY, enqueued_at__lte=now)
    oldest = tasks.order_by("enqueued_at").values_list("enqueued_at", flat=True).first()
    waiting = OutboxMessage.objects.filter(state=OutboxMessage.State.WAITING, available_at__lte=now)
    oldest_mail = waiting.order_by("available_at").values_list("available_at", flat=True).first()
    age = max((int((now - at).total_seconds()) for at in (oldest, oldest_mail) if at), default=0)
    return {"ok": age < 600, "age_s": age}


CHECKS = {"database": _database, "cache": _cache, "search": _search, "disk": _disk, "queue": _queue}
