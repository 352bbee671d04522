"""Outlines of zones: read from GeoJSON, checked rule by rule, rounded to six decimals."""

from __future__ import annotations

from dataclasses import dataclass

from pyproj import Geod
from shapely.geometry import Polygon
from shapely.validation import explain_validity

DECIMALS = 6
WGS84 = Geod(ellps="WGS84")
STRAIGHT = 1e-9  # square degrees, some ten square metres: less is a line drawn twice
#: The former Kon Tum area with room around it; a swapped longitude and latitude falls far outside.
BOUNDS = (106.5, 13.0, 109.5, 16.0)


class OutlineError(ValueError):
    """An outline breaks a rule; ``code`` names it, ``params`` say where."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(f"{code}: {params}" if params else code)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class Outline:
    """One closed ring, longitude first, and its area on the ellipsoid."""

    ring: tuple[tuple[float, float], ...]
    area_ha: float

    @property
    def polygon(self) -> Polygon:
        return Polygon(self.ring)


def read_outline(geometry: object) -> Outline:
    """An outline from a GeoJSON geometry. Raises OutlineError with the rule's name."""
    if not isinstance(geometry, dict) or "type" not in geometry:
        raise OutlineError("not_geojson")
    if geometry["type"] != "Polygon":
        raise OutlineError("geometry_type", found=str(geometry["type"]))
    rings = geometry.get("coordinates")
    if not isinstance(rings, list) or not rings:
        raise OutlineError("not_geojson")
    if len(rings) > 1:
        raise OutlineError("hole")
    return outline_of(rings[0])


def outline_of(positions: object) -> Outline:
    ring = _positions(positions)
    if len(ring) < 4:
        raise OutlineError("too_few_positions", found=len(ring))
    if ring[0] != ring[-1]:
        raise OutlineError("ring_open")
    west, south, east, north = BOUNDS
    for n, (lon, lat) in enumerate(ring):
        if not (west <= lon <= east and south <= lat <= north):
            swapped = west <= lat <= east and south <= lon <= north
            raise OutlineError("lon_lat_swapped" if swapped else "outside_region", position=n, lon=lon, lat=lat)
    if len(set(ring[:-1])) != len(ring) - 1:
        raise OutlineError("position_twice")
    polygon = Polygon(ring)
    if polygon.convex_hull.geom_type != "Polygon" or polygon.convex_hull.area < STRAIGHT:
        raise OutlineError("straight_line")
    if not polygon.is_valid:
        raise OutlineError("sides_cross", where=explain_validity(polygon))
    return Outline(tuple(ring), _area_ha(polygon))


def _area_ha(polygon: Polygon) -> float:
    area, _ = WGS84.geometry_area_perimeter(polygon)
    return round(abs(area) / 10_000, 4)


def _positions(positions: object) -> list[tuple[float, float]]:
    if not isinstance(positions, list):
        raise OutlineError("not_geojson")
    ring = []
    for n, position in enumerate(positions):
        if not isinstance(position, list | tuple) or len(position) < 2:
            raise OutlineError("position_shape", position=n)
        lon, lat = position[0], position[1]
        if not all(isinstance(v, int | float) and not isinstance(v, bool) for v in (lon, lat)):
            raise OutlineError("position_shape", position=n)
        ring.append((round(float(lon), DECIMALS), round(float(lat), DECIMALS)))
    return ring


def geojson_of(outline: Outline) -> dict:
    return {"type": "Polygon", "coordinates": [[list(p) for p in outline.ring]]}


def overlap_ha(a: Outline, b: Outline) -> float:
    """Common area of two outlines in hectares (0 where they only touch)."""
    common = a.polygon.intersection(b.polygon)
    if common.is_empty or common.area == 0:
        return 0.0
    return _area_ha(common)
