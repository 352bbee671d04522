"""Official outlines for the map, read from GeoJSON: checked, projected to the drawing, snapped to a fine grid.

Every point is snapped by itself, so two communes that share a line in the source still share it in the drawing.
"""

import itertools
import math
from collections import defaultdict

WIDTH = 320.0
STEP = 1.0
BOUNDS = (102.0, 8.0, 118.0, 24.0)
CODE_NAMES = ("code", "ma_xa", "MA_XA", "commune_code", "maXa")
Point = tuple[float, float]


class OutlineError(ValueError):
    """What is wrong with the file; `code` names the kind, the text says where."""

    def __init__(self, code: str, text: str) -> None:
        self.code = code
        super().__init__(f"{code}: {text}")


def drawing(collection: object, wanted: dict[str, str]) -> dict:
    """The map's data from a FeatureCollection. `wanted` is {commune code: region code}.

    Raises: OutlineError (not_geojson, no_code, unknown_code, twice, missing, geometry, ring, coordinate).
    """
    rings_of = _rings_by_code(collection, set(wanted))
    points = [point for _, polygons in rings_of.values() for rings in polygons for ring in rings for point in ring]
    place = _projection(points)
    cells, edges = {}, defaultdict(set)
    for code, (label, polygons) in rings_of.items():
        drawn = [_snapped(ring, place) for rings in polygons for ring in rings]
        drawn = [ring for ring in drawn if len(ring) > 2]
        x, y = place(label) if label else _middle([_snapped(rings[0], place) for rings in polygons])
        cells[code] = {"path": "".join(_path(ring) for ring in drawn), "x": round(x, 1), "y": round(y, 1)}
        for ring in drawn:
            for one, other in zip(ring, [*ring[1:], ring[0]], strict=True):
                edges[frozenset((one, other))].add(wanted[code])
    borders = "".join(_line(edge) for edge, regions in edges.items() if len(regions) > 1)
    heights = [place(point)[1] for point in points]
    return {
        "cells": cells,
        "borders": borders,
        "box": f"0 0 {WIDTH:.0f} {math.ceil(max(heights)) + 4}",
        "regions": _region_labels(cells, wanted),
    }


def _rings_by_code(collection: object, known: set[str]) -> dict[str, tuple[Point | None, list[list[list[Point]]]]]:
    if not isinstance(collection, dict) or collection.get("type") != "FeatureCollection":
        raise OutlineError("not_geojson", "a GeoJSON FeatureCollection is expected")
    found: dict[str, tuple[Point | None, list[list[list[Point]]]]] = {}
    for number, feature in enumerate(collection.get("features") or [], 1):
        properties = (feature.get("properties") or {}) if isinstance(feature, dict) else {}
        code = next((str(properties[name]) for name in CODE_NAMES if properties.get(name)), "")
        if not code:
            raise OutlineError("no_code", f"feature {number} has none of {', '.join(CODE_NAMES)}")
        if code not in known:
            raise OutlineError("unknown_code", f"feature {number}: {code} is no commune of this map")
        if code in found:
            raise OutlineError("twice", f"feature {number}: {code} was there before")
        found[code] = (_label(properties), _polygons(feature.get("geometry") or {}, code))
    if absent := known - set(found):
        raise OutlineError("missing", "no outline for " + ", ".join(sorted(absent)))
    return found


def _label(properties: dict) -> Point | None:
    try:
        return float(properties["label_lon"]), float(properties["label_lat"])
    except (KeyError, TypeError, ValueError):
        return None


def _polygons(geometry: dict, code: str) -> list[list[list[Point]]]:
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(coordinates, list) or not coordinates:
        raise OutlineError("geometry", f"{code}: Polygon or MultiPolygon is expected, not {kind}")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    return [[_ring(ring, code) for ring in polygon] for polygon in polygons]


def _ring(ring: object, code: str) -> list[Point]:
    try:
        points = [(float(point[0]), float(point[1])) for point in ring]  # type: ignore[attr-defined]
    except (TypeError, ValueError, IndexError, KeyError):
        raise OutlineError("coordinate", f"{code}: a point is not a pair of numbers") from None
    if len(points) < 4 or points[0] != points[-1]:
        raise OutlineError("ring", f"{code}: a ring needs four points and the last equal to the first")
    west, south, east, north = BOUNDS
    for lon, lat in points:
        if not (west <= lon <= east and south <= lat <= north):
            raise OutlineError("coordinate", f"{code}: {lon}, {lat} lies outside Viet Nam (longitude first, WGS84)")
    return points[:-1]


def _projection(points: list[Point]):
    """Longitude and latitude to the drawing: one scale, shrunk by the cosine of the middle latitude."""
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    shrink = math.cos(math.radians((south + north) / 2))
    scale = (WIDTH - 8) / max((east - west) * shrink, 1e-9)
    return lambda point: ((point[0] - west) * shrink * scale + 4, (north - point[1]) * scale + 4)


def _snapped(ring: list[Point], place) -> list[Point]:
    drawn: list[Point] = []
    for point in ring:
        x, y = place(point)
        snapped = (round(x / STEP) * STEP, round(y / STEP) * STEP)
        if not drawn or drawn[-1] != snapped:
            drawn.append(snapped)
    return drawn[:-1] if len(drawn) > 1 and drawn[0] == drawn[-1] else drawn


def _middle(rings: list[list[Point]]) -> Point:
    """The centre of the largest part."""
    best, size = (0.0, 0.0), -1.0
    for ring in rings:
        area = x = y = 0.0
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], *ring[:1]], strict=True):
            cross = x1 * y2 - x2 * y1
            area, x, y = area + cross, x + (x1 + x2) * cross, y + (y1 + y2) * cross
        if ring and abs(area) > size:
            mean = (sum(p[0] for p in ring) / len(ring), sum(p[1] for p in ring) / len(ring))
            best, size = ((x / (3 * area), y / (3 * area)) if area else mean), abs(area)
    return best


def _path(ring: list[Point]) -> str:
    """Steps from point to point: half as many characters as absolute places."""
    steps = [f"{x2 - x1:g}{'' if y2 < y1 else ' '}{y2 - y1:g}" for (x1, y1), (x2, y2) in itertools.pairwise(ring)]
    return f"M{ring[0][0]:g} {ring[0][1]:g}l{' '.join(steps)}z"


def _line(edge: frozenset[Point]) -> str:
    (x1, y1), (x2, y2) = sorted(edge)
    return f"M{x1:g} {y1:g}L{x2:g} {y2:g}"


def _region_labels(cells: dict[str, dict], wanted: dict[str, str]) -> dict[str, dict]:
    groups = defaultdict(list)
    for code, region in wanted.items():
        groups[region].append(cells[code])
    return {
        region: {
            "x": f"{sum(c['x'] for c in group) / len(group):.0f}",
            "y": f"{sum(c['y'] for c in group) / len(group):.0f}",
            "anchor": "middle",
            "inside": "",
        }
        for region, group in groups.items()
    }
