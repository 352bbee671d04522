"""The process chains of the product families: step names, sentences and usual yields, read once from a file."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("chains.json")
SLOT = re.compile(r"\{(\w+)\}")

ICONS = {
    "harvest": "leaf",
    "source": "box",
    "process": "scale",
    "pack": "box",
    "sample": "scale",
    "test": "certificate",
    "stock": "shop",
    "box": "box",
    "unbox": "box",
    "ship": "truck",
    "receive": "shop",
    "sell": "basket",
    "return": "truck",
    "hold": "pause",
    "release": "check",
    "recall": "stop",
    "destroy": "close",
    "service": "calendar",
}
STEP_ICONS = (
    (("dry", "wither", "dehydrate"), "sun"),
    (("roast", "fire", "toast", "boil", "cook", "stew", "smoke", "steam", "distil"), "fire"),
    (("infuse", "ferment", "age", "settle"), "hourglass"),
)


@lru_cache(maxsize=1)
def book() -> dict[str, Any]:
    return json.loads(FILE.read_text(encoding="utf-8"))


def step_of(step_id: str) -> dict[str, Any] | None:
    return book()["steps"].get(step_id)


def family_steps(family: str) -> list[tuple[str, dict[str, Any]]]:
    steps = book()["steps"]
    return [(i, steps[i]) for i in book()["families"].get(family, {}).get("steps", [])]


def word(kind: str, key: str, language: str) -> str:
    """A place, an actor or a piece of evidence in words."""
    return book()[kind].get(key, {}).get(language, "")


def icon_of(kind: str, step_id: str) -> str:
    step = step_of(step_id)
    if step and kind == "process":
        for words, icon in STEP_ICONS:
            if step["key"].startswith(words):
                return icon
    return ICONS.get(kind, "check")


def sentence(step_id: str, facts: dict[str, Any], language: str) -> str:
    """The line under a step's name with its slots filled, or nothing where a slot has no value."""
    step = step_of(step_id)
    if step is None:
        return ""
    text = step[f"sentence_{language}"]
    values = {}
    for name in SLOT.findall(text):
        value = facts.get(f"{name}_{language}", facts.get(name))
        if value is None or value == "":
            return ""
        values[name] = number(value, language)
    return SLOT.sub(lambda m: values[m[1]], text)


def number(value: Any, language: str) -> str:
    """A figure as people write it in that language; other values as they are."""
    try:
        amount = Decimal(str(value))
    except ArithmeticError:
        return str(value)
    if isinstance(value, str) and not re.fullmatch(r"-?\d+(\.\d+)?", value):
        return value
    text = f"{amount:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text if language == "en" else text.translate(str.maketrans(",.", ".,"))


def yield_limits(step_id: str) -> tuple[Decimal, Decimal] | None:
    """The usual least and most a step gives, over all its variants."""
    step = step_of(step_id)
    if not step or "yield" not in step or (step["uom"] == "H87" and step["output"] != "pack_lot"):
        return None  # jars and birds are counted, not weighed
    rows = [step["yield"], *step["yield"].get("variants", {}).values()]
    return min(Decimal(str(r["min"])) for r in rows), max(Decimal(str(r["max"])) for r in rows)
