"""Addresses and sizes for pages."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.core.files.storage import default_storage

from kernel.pictures.domain import forms_of

if TYPE_CHECKING:
    from kernel.pictures.models import Picture


@lru_cache(maxsize=1)
def _local_base() -> str:
    """The address of the local folder, or nothing where every address has to be asked of the storage."""
    base = getattr(default_storage, "base_url", None)
    return base if isinstance(base, str) else ""


def picture_url(picture: Picture, width: int, form: str = "webp") -> str:
    """The address of the smallest size that is at least so wide (the largest where none is)."""
    width = next((w for w in sorted(picture.widths) if w >= width), max(picture.widths))
    base = _local_base()
    return base + picture.path(width, form) if base else default_storage.url(picture.path(width, form))


def srcset(picture: Picture, form: str = "webp") -> str:
    """All sizes kept in this format, for a `srcset`; empty where there is none."""
    widths = [w for w in sorted(picture.widths) if form in forms_of(w)]
    return ", ".join(f"{picture_url(picture, w, form)} {w}w" for w in widths)
