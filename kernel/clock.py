"""The one clock. Tests move it by patching `now`."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """The present moment, aware (UTC)."""
    return timezone.now()


def today() -> date:
    """The local day in Viet Nam; certificates lapse at its midnight."""
    return now().astimezone(HERE).date()
