"""The register's columns and the rules of a row. No framework, no database: what is known comes as `Known`."""

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from kernel.text import fold, nfc

COLUMNS = (
    "product_name", "product_group", "subgroup", "suggested_set_no", "producer_name", "producer_type", "district",
    "district_code", "commune", "commune_code_2023", "commune_2025", "commune_code_2025", "stars", "score",
    "year_recognised", "decision_no", "status", "product_code", "name_translated", "note", "source_url",
    "source_url_2",
)  # fmt: skip
MAY_BE_MISSING = {"subgroup", "score", "product_code", "name_translated", "note", "source_url_2"}
RECOGNISED = "recognised"
STATUSES = {
    RECOGNISED, "provincial_scored", "district_scored", "district_assessed", "proposed_5star", "registered",
    "mentioned_as_ocop",
}  # fmt: skip
LEGAL_FORMS = {
    "": "unknown",
    "HTX": "cooperative",
    "tổ hợp tác": "group",
    "doanh nghiệp": "company",
    "trang trại": "farm",
    "hộ kinh doanh": "household",
    "hội": "association",
}
LONGEST = {"product_name": 255, "producer_name": 200, "source_url": 500, "source_url_2": 500, "note": 2000}
LONGEST_CELL = 300
FIRST_YEAR = 2018
ODD = frozenset({"Cc", "Cs", "Co", "Cn"})
FORMULA_STARTS = ("=", "+", "@", "\t")


@dataclass(frozen=True)
class RowError:
    """One thing wrong in one cell. `rule` is the stable name; its sentence stands in `errors.RULES`."""

    line: int
    column: str
    rule: str
    value: str = ""


@dataclass(frozen=True)
class Row:
    """One row as text, by column, with its line in the file (the header is line 1) and its place among the rows."""

    line: int
    number: int
    cells: dict[str, str]
    formulas: frozenset[str] = frozenset()
    too_many_cells: bool = False

    @property
    def key(self) -> str:
        return row_key(self.cells["product_name"], self.cells["producer_name"])


@dataclass(frozen=True)
class Known:
    """Codes that exist, and the year to compare with."""

    sets: frozenset[int]
    districts: frozenset[str]
    communes_2023: dict[str, frozenset[str]]
    communes_2025: frozenset[str]
    year: int


@dataclass
class Checked:
    rows: list[Row] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)


def row_key(product_name: str, producer_name: str) -> str:
    """A key that stays when spelling marks, capitals or blanks change: product and producer."""
    plain = "|".join(" ".join(fold(nfc(part)).split()) for part in (product_name, producer_name))
    return hashlib.sha256(plain.encode()).hexdigest()[:32]


def check(rows: Iterable[Row], known: Known) -> Checked:
    """Sort rows into good ones and errors; a row with an error is not among the good ones."""
    checked = Checked()
    lines: dict[str, int] = {}
    for row in rows:
        errors = list(_row_errors(row, known))
        if row.cells["product_name"]:
            first = lines.setdefault(row.key, row.line)
            if first != row.line:
                errors.append(RowError(row.line, "product_name", "duplicate_row", str(first)))
        checked.errors += errors
        if not errors:
            checked.rows.append(row)
    return checked


def _row_errors(row: Row, known: Known) -> Iterable[RowError]:
    cells = row.cells

    def wrong(column: str, rule: str) -> RowError:
        return RowError(row.line, column, rule, cells.get(column, "")[:60])

    for column, value in cells.items():
        if column in row.formulas or value.startswith(FORMULA_STARTS):
            yield wrong(column, "formula")
        elif len(value) > LONGEST.get(column, LONGEST_CELL):
            yield wrong(column, "too_long")
        elif any(unicodedata.category(c) in ODD and c not in "\r\n" for c in value):
            yield wrong(column, "odd_character")
    if row.too_many_cells:
        yield RowError(row.line, "", "too_many_cells")
    if not cells["product_name"]:
        yield wrong("product_name", "name_missing")
    if _number(cells["suggested_set_no"]) not in known.sets:
        yield wrong("suggested_set_no", "set_unknown")
    if cells["stars"] not in ("", "3", "4", "5"):
        yield wrong("stars", "stars_range")
    if cells["status"] not in STATUSES:
        yield wrong("status", "status_unknown")
    elif cells["status"] == RECOGNISED and not cells["stars"]:
        yield wrong("stars", "stars_missing")
    if cells["year_recognised"]:
        year = _number(cells["year_recognised"])
        if year is None or not FIRST_YEAR <= year <= known.year:
            yield wrong("year_recognised", "year_range")
    if cells["producer_type"] not in LEGAL_FORMS:
        yield wrong("producer_type", "producer_type_unknown")
    yield from _place_errors(cells, known, wrong)
    for column in ("source_url", "source_url_2"):
        value = cells.get(column, "")
        if value and (not value.startswith(("http://", "https://")) or " " in value):
            yield wrong(column, "url_bad")


def _place_errors(cells: dict[str, str], known: Known, wrong) -> Iterable[RowError]:  # type: ignore[no-untyped-def]
    if cells["district_code"] and cells["district_code"] not in known.districts:
        yield wrong("district_code", "district_unknown")
    old, new = cells["commune_code_2023"], cells["commune_code_2025"]
    if old and old not in known.communes_2023:
        yield wrong("commune_code_2023", "commune_2023_unknown")
    if new and new not in known.communes_2025:
        yield wrong("commune_code_2025", "commune_unknown")
    elif old in known.communes_2023 and new and new not in known.communes_2023[old]:
        yield wrong("commune_code_2025", "commune_elsewhere")


def _number(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 6 else None
