"""Rules of certificates: states, dates, who may grant what, when to ask for the next assessment."""

import calendar
from datetime import date, timedelta

VALID, EXTENDED, SUSPENDED, REVOKED, REPORTED, EXPIRED = (
    "valid", "extended", "suspended", "revoked", "reported", "expired",
)  # fmt: skip
# From a state to those a service may move it to. `expired` is never stored: it follows from the day.
MOVES: dict[str, frozenset[str]] = {
    VALID: frozenset({EXTENDED, SUSPENDED, REVOKED}),
    EXTENDED: frozenset({SUSPENDED, REVOKED}),
    SUSPENDED: frozenset({VALID, EXTENDED, REVOKED}),
    REVOKED: frozenset(),
    REPORTED: frozenset(),
}
# QĐ 26/2026/QĐ-TTg: the dossier for the next assessment is due 180 to 120 days before the certificate ends.
REMINDER_DAYS = (180, 150, 120)
DISTRICTS_UNTIL = date(2025, 6, 30)


def can_move(old: str, new: str) -> bool:
    return new in MOVES.get(old, frozenset())


def months_later(day: date, months: int) -> date:
    """The same day of the month `months` later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def last_day(issued_on: date, months: int) -> date:
    """The last day a certificate is good for: 36 months from 1/3/2024 end with 28/2/2027."""
    return months_later(issued_on, months) - timedelta(days=1)


def problem_of_issue(
    *, stars: int, level: str, issued_on: date, rules_from: date, rules_to: date | None, levels: dict[str, list[int]]
) -> str:
    """The name of the rule that this certificate would break, or an empty string."""
    if stars not in (3, 4, 5):
        return "stars"
    if issued_on < rules_from or (rules_to is not None and issued_on > rules_to):
        return "rules_not_in_force"
    if level == "district" and issued_on > DISTRICTS_UNTIL:
        return "no_districts"
    if stars not in levels.get(level, []):
        return "level"
    return ""


def reminder_step(day: date, expires_on: date) -> int | None:
    """180, 150 or 120: the last reminder that is due on `day`; None before the window and after the end."""
    left = (expires_on - day).days
    if left < 0:
        return None
    return min((step for step in REMINDER_DAYS if left <= step), default=None)


def can_still_file(day: date, expires_on: date) -> bool:
    """Whether the window for the next assessment (180 to 120 days before the end) is open on `day`."""
    return 120 <= (expires_on - day).days <= 180


MAX_SCAN_BYTES = 10 * 1024 * 1024
MEDIA_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
_STARTS = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}


def kind_of_scan(content: bytes) -> str:
    """ "pdf", "jpg" or "png" by the first bytes, whatever the file is called; empty for anything else."""
    return next((kind for start, kind in _STARTS.items() if content.startswith(start)), "")
