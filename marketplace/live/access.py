"""The control room's door: hosts. `request.host_row` is the host."""

from typing import Any

from django.http import HttpRequest

from kernel.access import guarded
from marketplace.live.selectors import host_of


def _enter(request: HttpRequest) -> bool:
    request.host_row = host_of(request.user)  # type: ignore[attr-defined]
    return request.host_row is not None  # type: ignore[attr-defined]


live_host = guarded("live host", _enter)


def frame(request: HttpRequest, **context: Any) -> dict[str, Any]:
    host = request.host_row  # type: ignore[attr-defined]
    return {"host": host, "work_name": host.name, "work_home": "/live/ban/", **context}
