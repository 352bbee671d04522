"""Registering zones from GeoJSON: what is refused, by name, and what a second import changes."""

import copy
import json

import pytest
from django.core.management import CommandError, call_command

from kernel.actors import GUEST, SYSTEM
from kernel.errors import NotPermitted
from tests.traceability.story import DATA, import_demo_zones
from traceability.zones.errors import OutlineRefused, ZoneRefused, ZonesOverlap
from traceability.zones.models import RawMaterialZone, ZoneCode, ZoneRevision
from traceability.zones.services import zone_import

pytestmark = pytest.mark.django_db
SQUARE = [[107.90, 14.50], [107.91, 14.50], [107.91, 14.51], [107.90, 14.51], [107.90, 14.50]]


def collection(ring=None, geometry=None, **facts):
    properties = {"zone_id": "T1", "name_vi": "Vùng thử", "crop": "coffee_robusta", "code_demo": "T-1"} | facts
    shape = geometry or {"type": "Polygon", "coordinates": [ring or SQUARE]}
    return {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": properties, "geometry": shape}],
    }


def test_the_24_demo_zones_with_codes_and_outlines():
    import_demo_zones()

    assert RawMaterialZone.objects.count() == 24
    assert ZoneCode.objects.count() == 26
    zone = RawMaterialZone.objects.get(key="Z01")
    assert (zone.capacity_kg, zone.months, zone.gi) == (1098000, [10, 11, 12, 1], "Đăk Hà (00079)")
    for found in RawMaterialZone.objects.all():
        area = float(found.revisions.get().area_ha)
        assert abs(area - float(found.area_ha)) <= 0.01 * area


@pytest.mark.parametrize(
    ("ring", "rule"),
    [
        pytest.param([SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3], SQUARE[0]], "sides_cross", id="bow tie"),
        pytest.param(SQUARE[:-1], "ring_open", id="open"),
        pytest.param(SQUARE[:2] + SQUARE[:1], "too_few_positions", id="two corners"),
        pytest.param([[y, x] for x, y in SQUARE], "lon_lat_swapped", id="latitude first"),
        pytest.param([[x + 20, y] for x, y in SQUARE], "outside_region", id="far away"),
        pytest.param([*SQUARE[:2], SQUARE[1], *SQUARE[2:]], "position_twice", id="twice"),
        pytest.param([SQUARE[0], [107.905, 14.505], [107.91, 14.51], SQUARE[0]], "straight_line", id="a line"),
        pytest.param([["a", 1], *SQUARE[1:]], "position_shape", id="words"),
    ],
)
def test_a_broken_outline_names_its_rule_and_nothing_is_written(ring, rule):
    with pytest.raises(OutlineRefused) as caught:
        zone_import(actor=SYSTEM, collection=collection(ring))

    assert caught.value.code == rule
    assert "T1" in caught.value.text
    assert RawMaterialZone.objects.count() == 0


@pytest.mark.parametrize(
    ("geometry", "rule"),
    [
        ({"type": "LineString", "coordinates": SQUARE}, "geometry_type"),
        ({"type": "Polygon", "coordinates": [SQUARE, SQUARE]}, "hole"),
        ({"type": "Polygon", "coordinates": []}, "not_geojson"),
    ],
)
def test_other_shapes_are_refused(geometry, rule):
    with pytest.raises(OutlineRefused) as caught:
        zone_import(actor=SYSTEM, collection=collection(geometry=geometry))

    assert caught.value.code == rule


def test_one_bad_zone_refuses_the_whole_file():
    both = collection()
    both["features"] += collection(SQUARE[:-1], zone_id="T2", code_demo="T-2")["features"]

    with pytest.raises(OutlineRefused):
        zone_import(actor=SYSTEM, collection=both)

    assert RawMaterialZone.objects.count() == 0


def test_a_changed_outline_is_a_new_revision_and_the_old_one_stays():
    zone_import(actor=SYSTEM, collection=collection())
    zone_import(actor=SYSTEM, collection=collection())
    wider = [[107.90, 14.50], [107.92, 14.50], [107.92, 14.51], [107.90, 14.51], [107.90, 14.50]]
    zone_import(actor=SYSTEM, collection=collection(wider))

    first, second = ZoneRevision.objects.order_by("number")
    assert (first.number, second.number) == (1, 2)
    assert first.geometry["coordinates"][0] == SQUARE


def test_a_revision_is_never_edited_nor_deleted():
    zone_import(actor=SYSTEM, collection=collection())
    revision = ZoneRevision.objects.get()

    with pytest.raises(TypeError):
        revision.save()
    with pytest.raises(TypeError):
        revision.delete()


def test_overlapping_zones_of_different_holders_are_refused():
    zone_import(actor=SYSTEM, collection=collection(owner_name="A"))
    shifted = [[x + 0.005, y] for x, y in SQUARE]

    with pytest.raises(ZonesOverlap):
        zone_import(actor=SYSTEM, collection=collection(shifted, zone_id="T2", code_demo="T-2", owner_name="B"))


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"name_vi": ""}, "zone_fact_missing"),
        ({"area_ha": "much"}, "zone_fact_missing"),
        ({"valid_from": "31/12"}, "zone_fact_missing"),
    ],
)
def test_missing_or_garbled_facts_are_named(facts, code):
    with pytest.raises(ZoneRefused) as caught:
        zone_import(actor=SYSTEM, collection=collection(**facts))

    assert caught.value.code == code


def test_a_code_belongs_to_one_zone():
    zone_import(actor=SYSTEM, collection=collection())
    far = [[x + 0.5, y] for x, y in SQUARE]

    with pytest.raises(ZoneRefused) as caught:
        zone_import(actor=SYSTEM, collection=collection(far, zone_id="T2"))

    assert caught.value.code == "zone_code_taken"


def test_only_the_office_registers_zones():
    with pytest.raises(NotPermitted):
        zone_import(actor=GUEST, collection=collection())


def test_the_command_reads_files_and_names_what_is_wrong(tmp_path, capsys):
    call_command("import_zones", str(DATA / "zones.geojson"), facts=str(DATA / "zones.csv"))
    assert "24 zones, 24 new" in capsys.readouterr().out

    bad = copy.deepcopy(collection(SQUARE[:-1]))
    path = tmp_path / "bad.geojson"
    path.write_text(json.dumps(bad))
    with pytest.raises(CommandError, match="ring_open"):
        call_command("import_zones", str(path))
    with pytest.raises(CommandError):
        call_command("import_zones", str(tmp_path / "none"))
