"""Places, routes and events for other pages."""

from __future__ import annotations

from typing import Any

from cms.tourism.models import BookingRequest, EventPage, PlacePage, RoutePage


def villages(locale_id: int, count: int) -> list[Any]:
    """The first villages that receive guests, in one language."""
    return list(PlacePage.listed().filter(locale_id=locale_id, kind=PlacePage.Kind.VILLAGE)[:count])


def waiting_requests() -> int:
    return BookingRequest.objects.filter(state=BookingRequest.State.WAITING).count()


__all__ = ["EventPage", "PlacePage", "RoutePage", "villages", "waiting_requests"]
