"""What an import would do, row by row and field by field. Nothing is written here."""

from collections import Counter
from dataclasses import dataclass, field

from catalog.feeds.domain import Known, Row, RowError, check, row_key
from catalog.feeds.models import RegisterEntry
from catalog.places.selectors import UnitCodes, unit_codes
from catalog.products.selectors import set_numbers
from kernel import clock

NEW, CHANGED, SAME = "new", "changed", "same"


@dataclass(frozen=True)
class PlannedRow:
    row: Row
    action: str
    entry: RegisterEntry | None = None
    changes: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    rows: list[PlannedRow]
    errors: list[RowError]
    not_in_file: int
    codes: UnitCodes

    def count(self, action: str) -> int:
        return Counter(planned.action for planned in self.rows)[action]


def register_plan(rows: list[Row]) -> Plan:
    """Compare the rows of a file with what the register said last time.

    A row that now names its producer is the same product as the row of that name without one.
    """
    codes = unit_codes()
    known = Known(
        sets=set_numbers(),
        districts=frozenset(codes.districts),
        communes_2023=codes.successors,
        communes_2025=frozenset(codes.communes),
        year=clock.today().year,
    )
    checked = check(rows, known)
    entries = {entry.key: entry for entry in RegisterEntry.objects.all()}
    planned, seen = [], set()
    keys_in_file = {row.key for row in checked.rows}
    for row in checked.rows:
        entry = entries.get(row.key)
        if entry is None:
            nameless = row_key(row.cells["product_name"], "")
            entry = entries.get(nameless) if nameless not in keys_in_file else None
        if entry is None:
            planned.append(PlannedRow(row, NEW))
            continue
        seen.add(entry.key)
        old = entry.facts
        changes = {name: (old.get(name, ""), new) for name, new in row.cells.items() if old.get(name, "") != new}
        planned.append(PlannedRow(row, CHANGED if changes else SAME, entry, changes))
    return Plan(planned, checked.errors, len(entries.keys() - seen), codes)
