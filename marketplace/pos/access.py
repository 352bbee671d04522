"""The counter's door: clerks. The chosen counter is `request.point`."""

from typing import Any

from django.http import HttpRequest

from kernel.access import guarded
from marketplace.points.selectors import points_of_clerk

CHOSEN = "counter"


def _enter(request: HttpRequest) -> bool:
    rows = list(points_of_clerk(request.user))
    chosen = request.session.get(CHOSEN)
    request.points = rows  # type: ignore[attr-defined]
    request.point = next((row for row in rows if row.pk == chosen), rows[0] if rows else None)  # type: ignore[attr-defined]
    return bool(rows)


clerk = guarded("clerk", _enter)


def frame(request: HttpRequest, here: str, **context: Any) -> dict[str, Any]:
    return {
        "point": request.point,  # type: ignore[attr-defined]
        "work_name": request.point.name,  # type: ignore[attr-defined]
        "work_place": str(request.user),
        "work_home": "/quay/",
        "here": here,
        **context,
    }
