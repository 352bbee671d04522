"""Which brand is shown: its folder, its names and its words. A second province changes only these."""

import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language

HERE = Path(__file__).resolve().parent
BASE = HERE / "base"


def brand_name() -> str:
    return getattr(settings, "THEME_BRAND", "") or "base"


def folders() -> list[Path]:
    """Where templates and static files are looked for, the brand before the base."""
    name = brand_name()
    return [BASE] if name == "base" else [HERE / name, BASE]


def find(relative: str) -> Path | None:
    for folder in folders():
        if (path := folder / relative).is_file():
            return path
    return None


@lru_cache(maxsize=8)
def _words(name: str) -> dict:
    words = json.loads((BASE / "brand.json").read_text(encoding="utf-8"))
    if name != "base":
        own = json.loads((HERE / name / "brand.json").read_text(encoding="utf-8"))
        for key, value in own.items():
            words[key] = {**words[key], **value} if isinstance(value, dict) else value
    return words


def words(language: str | None = None) -> dict:
    """The brand's texts in one language; a text the language lacks is taken from Vietnamese."""
    everything = _words(brand_name())
    language = (language or get_language() or "vi")[:2]
    texts = {**everything["facts"], **everything["vi"], **everything.get(language, {})}
    if getattr(settings, "SHOP_NAME_GIVEN", False):
        texts["shop_name"] = texts["short_name"] = settings.SHOP_NAME
    return texts
