from __future__ import annotations

from traceability.scans.models import ProblemReport


def report_kinds() -> list[tuple[str, str]]:
    return [(value, str(label)) for value, label in ProblemReport.Kind.choices]


def open_reports() -> list[ProblemReport]:
    """The office's queue, oldest first."""
    return list(ProblemReport.objects.exclude(state="done").order_by("id"))


def reports_of_lot(gtin: str, lot_code: str) -> list[ProblemReport]:
    return list(ProblemReport.objects.filter(gtin=gtin, lot_code=lot_code))
