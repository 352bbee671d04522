"""Geometry of the two woven pictures: the weave of a lot and the map of lozenges."""

import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from themes import brand

HALF_W, HALF_H = 22, 26


def weave_paths(rows) -> list[tuple[int, str]]:
    """One path a colour; cells that touch sideways share one rectangle. Colour 0 is the ground."""
    paths = []
    for colour in (1, 2, 3):
        parts = []
        for y, row in enumerate(rows):
            x = 0
            while x < len(row):
                if int(row[x]) != colour:
                    x += 1
                    continue
                end = x
                while end < len(row) and int(row[end]) == colour:
                    end += 1
                parts.append(f"M{x} {y}h{end - x}v1h-{end - x}z")
                x = end
        paths.append((colour, "".join(parts)))
    return paths


def outlines_file() -> Path:
    return Path(settings.MEDIA_ROOT) / "map" / f"{brand.brand_name()}.json"


@lru_cache(maxsize=4)
def _lattice(path: str) -> dict:
    return json.loads(Path(path).read_text(encoding="utf-8"))


@lru_cache(maxsize=4)
def _outlines(path: str, changed: float) -> dict:
    return json.loads(Path(path).read_text(encoding="utf-8"))


def lattice() -> dict:
    return _lattice(str(brand.find("map.json")))


def outlines() -> dict | None:
    path = outlines_file()
    try:
        return _outlines(str(path), path.stat().st_mtime)
    except (OSError, ValueError):
        return None


def lozenge(x: float, y: float) -> str:
    return f"M{x} {y - HALF_H}l{HALF_W} {HALF_H}-{HALF_W} {HALF_H}-{HALF_W}-{HALF_H}z"


def borders(cells: list[dict]) -> str:
    """The edges between lozenges of different former districts, as one path."""
    region = {(cell["x"], cell["y"]): cell["region"] for cell in cells}
    edges = []
    for (x, y), own in region.items():
        for side in (1, -1):
            other = region.get((x + side * HALF_W, y + HALF_H))
            if other is not None and other != own:
                edges.append(f"M{x} {y + HALF_H}l{side * HALF_W}-{HALF_H}")
    return "".join(edges)


def level(count: int) -> str:
    return "many" if count >= 5 else "some" if count else ""


def map_context(counts: dict, marked: set[str], links: dict, label: str, zoom: bool | None, labels: str) -> dict:
    """What components/map.html draws: regions with their cells, and a box for a closer look at each."""
    data = lattice()
    shapes = outlines()
    counts = {str(code): count for code, count in counts.items()}
    links = {str(code): address for code, address in links.items()}
    regions = []
    for number, region in enumerate(data["regions"]):
        cells = []
        if shapes:
            region = {**region, **shapes["regions"].get(region["code"], {})}
        for cell in data["cells"]:
            if cell["region"] != region["code"]:
                continue
            code = cell["code"]
            shape = shapes["cells"].get(code) if shapes else None
            count = counts.get(code, 0)
            words = cell["label"].split("|")
            y = shape["y"] if shape else cell["y"]
            cells.append(
                {
                    "code": code,
                    "name": cell["name"],
                    "count": count,
                    "url": links.get(code, ""),
                    "here": code in marked,
                    "level": "here" if code in marked else level(count),
                    "path": shape["path"] if shape else lozenge(cell["x"], cell["y"]),
                    "x": f"{shape['x']:g}" if shape else cell["x"],
                    "y": y,
                    "words": words,
                    "text_y": f"{y + 3 - 5.5 * (len(words) - 1):g}",
                    "sign": region.get("inside") == code,
                }
            )
        if cells:
            regions.append(
                {
                    **region,
                    "number": number,
                    "cells": cells,
                    "box": _box(cells, data, shapes),
                    "listed": any(c["url"] or c["here"] for c in cells),
                }
            )
    box = shapes["box"] if shapes else data["box"]
    return {
        "regions": regions,
        "box": box,
        "label": label,
        "zoom": bool(links) if zoom is None else zoom,
        "labels": labels,
        "outlined": bool(shapes),
        "any_links": bool(links),
        "borders": shapes["borders"] if shapes else borders(data["cells"]),
        "marked": [c for r in regions for c in r["cells"] if c["here"]],
    }


def _box(cells: list[dict], data: dict, shapes: dict | None) -> str:
    """A frame around a region with the shape of the whole map, never beyond it."""
    left, top, width, height = (float(part) for part in (shapes["box"] if shapes else data["box"]).split())
    xs, ys = [float(cell["x"]) for cell in cells], [float(cell["y"]) for cell in cells]
    wide = max(max(xs) - min(xs) + 4 * HALF_W, (max(ys) - min(ys) + 4 * HALF_H) * width / height)
    wide = min(wide, width)
    high = wide * height / width
    x = min(max((max(xs) + min(xs)) / 2 - wide / 2, left), left + width - wide)
    y = min(max((max(ys) + min(ys)) / 2 - high / 2, top), top + height - high)
    return f"{x:.0f} {y:.0f} {wide:.0f} {high:.0f}"
