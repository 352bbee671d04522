"""Taking in the administrative units of 2023 (Kon Tum) and 2025 (the whole country)."""

import csv
from datetime import date
from pathlib import Path

from django.db import transaction

from catalog.places.domain import local_spelling, other_spellings, search_text, short_name
from catalog.places.models import AdminUnit, UnitAlias
from kernel.text import slugify_vi

DATA = Path(__file__).parent / "data"
# The two-level model began on this day (Nghị quyết 202/2025/QH15). The units before it are known as of 2023.
NEW_MODEL_FROM = date(2025, 7, 1)
OLD_MODEL_KNOWN_FROM = date(2023, 1, 1)
OLD_MODEL_TO = date(2025, 6, 30)
Level = AdminUnit.Level
Rows = list[dict[str, str]]


@transaction.atomic
def units_load() -> int:
    """Write the units that are missing, with successors, aliases and label points. Returns how many were made."""
    if AdminUnit.objects.filter(valid_from=NEW_MODEL_FROM).count() >= len(rows := _read("units_2025.csv")):
        return 0
    UnitAlias.objects.all().delete()
    before = AdminUnit.objects.count()
    new_rows, old_rows = rows, _read("units_kontum_2023.csv")
    points = {(row["code"], row["year"]): row for row in _read("label_points_kontum.csv")}
    moves = _read("successors_kontum.csv")
    old = _write_old(old_rows, moves, points)
    new = _write_new(new_rows, old, moves, points)
    _link(old, new, moves)
    return AdminUnit.objects.count() - before


def _read(name: str) -> Rows:
    with (DATA / name).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def _unit(row: dict[str, str], aliases: list[str], start: date, end: date | None) -> AdminUnit:
    return AdminUnit(
        code=row["code"],
        name=row["name"],
        local_spelling=row.get("local_spelling") or "",
        folded=search_text(row["name"], aliases),
        level=row["level"],
        unit_type=row["unit_type"],
        valid_from=start,
        valid_to=end,
        slug=slugify_vi(short_name(row.get("local_spelling") or row["name"])),
    )


def _save(units: list[AdminUnit], start: date) -> dict[str, AdminUnit]:
    AdminUnit.objects.bulk_create(units, ignore_conflicts=True, batch_size=500)
    return {unit.code: unit for unit in AdminUnit.objects.filter(valid_from=start)}


def _write_old(rows: Rows, moves: Rows, points: dict[tuple[str, str], dict[str, str]]) -> dict[str, AdminUnit]:
    merged = {move["old_code"]: move["old_spelling_in_merger_text"] for move in moves}
    written: dict[str, AdminUnit] = {}
    for level in (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE):
        units = []
        for row in (row for row in rows if row["level"] == level):
            row["local_spelling"] = row["local_spelling"] or local_spelling(row["name"])
            aliases = [*other_spellings(row["name"]), *filter(None, [merged.get(row["code"])])]
            unit = _unit(row, aliases, OLD_MODEL_KNOWN_FROM, OLD_MODEL_TO)
            unit.parent = written.get(row["parent_code"])
            _place(unit, points.get((unit.code, "2023")))
            units.append(unit)
        written = _save(units, OLD_MODEL_KNOWN_FROM)
    return written


def _write_new(
    rows: Rows, old: dict[str, AdminUnit], moves: Rows, points: dict[tuple[str, str], dict[str, str]]
) -> dict[str, AdminUnit]:
    before: dict[str, list[dict[str, str]]] = {}
    for move in moves:
        before.setdefault(move["new_code"], []).append(move)
    written: dict[str, AdminUnit] = {}
    for level in (Level.PROVINCE, Level.COMMUNE):
        units = []
        for row in (row for row in rows if row["level"] == level):
            aliases, district = _names_before(row["code"], before, old)
            aliases += other_spellings(row["name"])
            province = written.get(row["parent_code"])
            unit = _unit(row, [*aliases, province.name if province else ""], NEW_MODEL_FROM, None)
            unit.parent, unit.historic_district = province, district
            _place(unit, points.get((unit.code, "2025")))
            units.append(unit)
        written = _save(units, NEW_MODEL_FROM)
    aliases_of = [
        UnitAlias(unit=unit, name=name[:120])
        for code, unit in written.items()
        for name in dict.fromkeys([*_names_before(code, before, old)[0], *other_spellings(unit.name)])
    ]
    UnitAlias.objects.bulk_create(aliases_of, ignore_conflicts=True, batch_size=500)
    return written


def _names_before(
    code: str, before: dict[str, list[dict[str, str]]], old: dict[str, AdminUnit]
) -> tuple[list[str], AdminUnit | None]:
    """Former communes with their spellings, their district and province; empty outside Kon Tum."""
    names: list[str] = []
    district = None
    for move in before.get(code, []):
        unit = old[move["old_code"]]
        names += [unit.local_spelling or unit.name, *other_spellings(unit.name)]
        names += filter(None, [move["old_spelling_in_merger_text"]])
        district = unit.parent
    if district is not None:
        names += [district.local_spelling or district.name, "Tỉnh Kon Tum"]
    return [short_name(name) for name in names if name], district


def _place(unit: AdminUnit, point: dict[str, str] | None) -> None:
    if point is not None:
        unit.label_lat, unit.label_lon = point["lat"], point["lon"]  # type: ignore[assignment]


def _link(old: dict[str, AdminUnit], new: dict[str, AdminUnit], moves: Rows) -> None:
    through = AdminUnit.successors.through
    pairs = [(old[move["old_code"]], new[move["new_code"]]) for move in moves]
    pairs.append((old["62"], new["51"]))
    through.objects.bulk_create(
        [through(from_adminunit=one, to_adminunit=other) for one, other in pairs], ignore_conflicts=True
    )
