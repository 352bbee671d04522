"""Requests to visit are kept for a year, as the form says."""

from datetime import timedelta

from cms.tourism.services import bookings_forget
from kernel import clock
from kernel.jobs import periodic

KEPT = timedelta(days=365)


@periodic(seconds=86400)
def forget_old_requests() -> int:
    return bookings_forget(before=clock.now() - KEPT)
