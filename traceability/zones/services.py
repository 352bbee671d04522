"""Registering zones: facts, codes and outlines; a changed outline is a new revision, never an edit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from django.db import transaction

from kernel import clock, pagecache
from kernel.actors import Actor
from kernel.audit import services as audit
from kernel.policies import require
from kernel.text import nfc
from traceability.zones.domain import Outline, OutlineError, geojson_of, overlap_ha, read_outline
from traceability.zones.errors import FileUnreadable, OutlineRefused, ZoneCodeTaken, ZoneFactMissing, ZonesOverlap
from traceability.zones.models import RawMaterialZone, ZoneCode, ZoneRevision
from traceability.zones.policies import can_register_zones

OVERLAP_TOLERANCE_HA = 0.01  # drawn lines that share a border


@transaction.atomic
def zone_import(
    *, actor: Actor, collection: object, facts: Mapping[str, Mapping[str, str]] | None = None, source: str = ""
) -> dict[str, int]:
    """Register every zone of a GeoJSON FeatureCollection, all or none.

    A feature's properties carry the facts; ``facts`` (zone key → row of a table) adds to or overrules them. A zone
    that is known gets its facts renewed, and a new revision only where its outline differs. Returns counts.

    Raises: NotPermitted, FileUnreadable, OutlineRefused (code = the rule), ZoneFactMissing, ZoneCodeTaken,
    ZonesOverlap.
    """
    require(can_register_zones(actor))
    if not isinstance(collection, dict) or collection.get("type") != "FeatureCollection":
        raise FileUnreadable(why="FeatureCollection")
    read: list[tuple[str, Outline, dict[str, str]]] = []
    for feature in collection.get("features") or []:
        row = {k: str(v) for k, v in (feature.get("properties") or {}).items() if v is not None}
        key = row.get("zone_id") or str(feature.get("id") or "")
        if not key:
            raise ZoneFactMissing(zone="?", field="zone_id")
        row |= dict((facts or {}).get(key, {}))
        read.append((key, _outline(key, feature.get("geometry")), row))
    _refuse_overlaps(read)
    counts = {"zones": 0, "new": 0, "revisions": 0}
    for key, outline, row in read:
        new, revised = _register(actor, key, outline, row, source)
        counts["zones"] += 1
        counts["new"] += new
        counts["revisions"] += revised
    pagecache.bump()
    return counts


def _outline(key: str, geometry: object) -> Outline:
    try:
        return read_outline(geometry)
    except OutlineError as error:
        raise OutlineRefused(zone=key, rule=error.code, **error.params) from None


def _refuse_overlaps(read: list[tuple[str, Outline, dict[str, str]]]) -> None:
    keys = {key for key, _, _ in read}
    others = RawMaterialZone.objects.exclude(key__in=keys).prefetch_related("revisions")
    known = [
        (z.key, _outline(z.key, z.revisions.all()[0].geometry), {"owner_name": z.owner_name, "crop": z.crop})
        for z in others
        if z.revisions.all()
    ]
    for n, (key, outline, row) in enumerate(read):
        for other, shape, other_row in [*read[:n], *known]:
            if row.get("owner_name") and row.get("owner_name") == other_row.get("owner_name"):
                continue
            common = overlap_ha(outline, shape)
            if common > OVERLAP_TOLERANCE_HA and row.get("origin_kind") != "wild":
                raise ZonesOverlap(zone=key, other=other, ha=common)


def _register(actor: Actor, key: str, outline: Outline, row: Mapping[str, str], source: str) -> tuple[bool, bool]:
    zone = RawMaterialZone.objects.filter(key=key).first()
    new = zone is None
    zone = zone or RawMaterialZone(key=key)
    for field in ("name_vi", "crop"):
        if not row.get(field):
            raise ZoneFactMissing(zone=key, field=field)
    texts = {
        "name_vi": "name_vi",
        "name_en": "name_en",
        "status": "status",
        "commune_code": "commune_code_2025",
        "commune_name": "commune_2025",
        "crop": "crop",
        "crop_vi": "crop_vi",
        "crop_en": "crop_en",
        "origin_kind": "origin_kind",
        "owner_kind": "owner_kind",
        "owner_kind_vi": "owner_kind_vi",
        "owner_name": "owner_name",
        "unit_kind": "unit_kind",
        "certification": "certification_demo",
        "gi": "gi",
        "season_months": "season_months",
    }
    for field, column in texts.items():
        if row.get(column):
            setattr(zone, field, nfc(row[column]))
    if zone.certification == "none":
        zone.certification = ""
    for field, column in {
        "harvest_area_ha": "harvest_area_ha",
        "capacity_kg": "capacity_high_kg",
        "capacity_typical_kg": "capacity_typical_kg",
    }.items():
        setattr(zone, field, _decimal(key, column, row.get(column)))
    for field, column in {
        "households": "households",
        "units": "units",
        "alt_min_m": "alt_min_m",
        "alt_max_m": "alt_max_m",
        "seasons_per_year": "seasons_per_year",
    }.items():
        value = _decimal(key, column, row.get(column))
        if value is not None:
            setattr(zone, field, int(value))
    zone.area_ha = _decimal(key, "area_ha", row.get("area_ha")) or Decimal(str(outline.area_ha))
    zone.is_demo = row.get("is_demo", "").lower() in ("true", "y", "1")
    zone.save()
    _codes(zone, row)
    revised = _revise(actor, zone, outline, source)
    audit.record(actor, "traceability.zone.registered", zone, None, {"key": key, "new_outline": revised})
    return new, revised


def _codes(zone: RawMaterialZone, row: Mapping[str, str]) -> None:
    for prefix in ("", "previous_"):
        code = row.get(f"{prefix}code_demo")
        if not code:
            continue
        valid_from = _date(zone.key, row.get(f"{prefix}valid_from")) or clock.today()
        held = ZoneCode.objects.filter(code=code).exclude(zone=zone).first()
        if held is not None:
            raise ZoneCodeTaken(code=code)
        ZoneCode.objects.update_or_create(
            code=code,
            defaults={
                "zone": zone,
                "scheme": row.get("code_scheme", ""),
                "market": row.get("market", ""),
                "valid_from": valid_from,
                "valid_to": _date(zone.key, row.get(f"{prefix}valid_to")),
            },
        )


def _revise(actor: Actor, zone: RawMaterialZone, outline: Outline, source: str) -> bool:
    last = zone.revisions.order_by("-number").first()
    geometry = geojson_of(outline)
    if last is not None and last.geometry == geometry:
        return False
    first_code = zone.codes.order_by("valid_from").first()
    ZoneRevision.objects.create(
        zone=zone,
        number=(last.number if last else 0) + 1,
        geometry=geometry,
        area_ha=Decimal(str(outline.area_ha)),
        valid_from=first_code.valid_from if last is None and first_code else clock.today(),
        source=source[:200],
        recorded_by=actor.label,
        recorded_at=clock.now(),
    )
    return True


def _decimal(zone: str, field: str, value: str | None) -> Decimal | None:
    if not value:
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise ZoneFactMissing(zone=zone, field=field) from None
    if not number.is_finite():
        raise ZoneFactMissing(zone=zone, field=field)
    return number


def _date(zone: str, value: str | None) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ZoneFactMissing(zone=zone, field="valid_from") from None
