"""The regional map: woven by itself, outlined once an operator has loaded official outlines."""

import json
import re

import pytest
from django.core.management import CommandError, call_command
from django.template import Context, Template

from themes import woven


def squares() -> dict:
    """Forty squares in a row-by-row field, each with the code of a commune of the map."""
    features = []
    for number, cell in enumerate(woven.lattice()["cells"]):
        west, south = 107.5 + 0.1 * (number % 8), 14.0 + 0.1 * (number // 8)
        ring = [[west, south], [west + 0.1, south], [west + 0.1, south + 0.1], [west, south + 0.1], [west, south]]
        features.append({"properties": {"code": cell["code"]}, "geometry": {"type": "Polygon", "coordinates": [ring]}})
    return {"type": "FeatureCollection", "features": features}


def drawn(**values) -> str:
    return Template("{% load ui %}{% woven_map counts=counts here=here links=links %}").render(Context(values))


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def load(tmp_path, collection) -> None:
    file = tmp_path / "outlines.geojson"
    file.write_text(collection if isinstance(collection, str) else json.dumps(collection), encoding="utf-8")
    call_command("import_boundaries", str(file))


def test_the_woven_map_shows_forty_places_and_lists_what_is_linked(media):
    html = drawn(counts={"23500": 12, "23341": 2}, links={"23500": "/nhom/a/", "23341": "/nhom/b/"})

    assert len(re.findall(r'class="map__cell[ "]', html)) == 40
    assert html.count("map__cell--many") == 1
    assert html.count("map__cell--some") == 1
    assert html.count('href="/nhom/a/"') == 2  # on the map and in the list


def test_coordinates_are_written_with_points_in_vietnamese(media):
    assert not re.search(r' y="\d+,\d', drawn(counts={}))


def test_a_marked_place_is_named_for_those_who_do_not_see_it(media):
    html = drawn(here="23500")

    assert html.count("map__cell--here") == 1
    assert "Xã Đăk Hà" in re.search(r'<svg class="map"[^>]*aria-label="([^"]*)"', html).group(1)


def test_loaded_outlines_replace_the_lozenges_and_can_be_taken_back(media, tmp_path):
    before = drawn(counts={})

    load(tmp_path, squares())
    outlined = drawn(counts={})

    assert "map--outlined" in outlined
    assert not re.search(r' [xy]="[\d.]*,\d', outlined)
    assert len(re.findall(r'class="map__cell[ "]', outlined)) == 40
    assert len(re.search(r'class="map__border" d="([^"]*)"', outlined).group(1)) > 50

    call_command("import_boundaries", "--remove")
    assert drawn(counts={}) == before


def spoil(change) -> dict:
    collection = squares()
    change(collection)
    return collection


BROKEN = [
    pytest.param("{", "not_json", id="not JSON"),
    pytest.param({"type": "Feature"}, "not_geojson", id="one feature"),
    pytest.param(spoil(lambda c: c["features"].pop()), "missing", id="one commune missing"),
    pytest.param(spoil(lambda c: c["features"].append(c["features"][0])), "twice", id="one commune twice"),
    pytest.param(spoil(lambda c: c["features"][3].update(properties={"code": "99999"})), "unknown_code", id="unknown"),
    pytest.param(spoil(lambda c: c["features"][3].update(properties={})), "no_code", id="no code"),
    pytest.param(
        spoil(lambda c: c["features"][3].update(geometry={"type": "Point", "coordinates": [1, 2]})),
        "geometry",
        id="point",
    ),
    pytest.param(spoil(lambda c: c["features"][3]["geometry"]["coordinates"][0].pop()), "ring", id="open ring"),
    pytest.param(
        spoil(
            lambda c: c["features"][3]["geometry"].update(coordinates=[[[14, 107], [14, 108], [15, 108], [14, 107]]])
        ),
        "coordinate",
        id="latitude first",
    ),
    pytest.param(
        spoil(lambda c: c["features"][3]["geometry"].update(coordinates=[[["a", 1], [2, 3], [4, 5], ["a", 1]]])),
        "coordinate",
        id="words for numbers",
    ),
]


@pytest.mark.parametrize(("collection", "code"), BROKEN)
def test_a_broken_file_is_refused_by_name_and_changes_nothing(media, tmp_path, collection, code):
    before = drawn(counts={})

    with pytest.raises(CommandError, match=f"^{code}"):
        load(tmp_path, collection)

    assert drawn(counts={}) == before
