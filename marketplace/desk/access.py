"""The desk's door: people of a producer. Every view gets its desk as `request.desk`."""

from typing import Any

from django.http import HttpRequest

from kernel.access import guarded
from kernel.actors import actor_of
from marketplace.desk.selectors import desk_of

CHOSEN = "desk_producer"


def _enter(request: HttpRequest) -> bool:
    request.desk = desk_of(actor_of(request), request.session.get(CHOSEN))  # type: ignore[attr-defined]
    return request.desk is not None  # type: ignore[attr-defined]


member_of_producer = guarded("producer member", _enter)


def frame(request: HttpRequest, here: str, **context: Any) -> dict[str, Any]:
    """What every page of the desk shows: for whom, where."""
    desk = request.desk  # type: ignore[attr-defined]
    return {
        "desk": desk,
        "work_name": desk.producer.name,
        "work_home": "/ban-hang/",
        "here": here,
        "is_agent": desk.member.role == "agent",
        **context,
    }
