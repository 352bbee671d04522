"""What the desk's forms may change, and how a change is shown."""

import secrets
from typing import Any

# Everything a listing says. Price and stock are not here: they need no review.
FIELDS = (
    "title", "short", "description", "set_number", "pack", "net_g", "net_ml", "shelf_life_days", "storage", "usage",
    "ingredients", "allergens", "abv_percent",
)  # fmt: skip
PICTURES_MAX = 6


def new_key() -> str:
    return secrets.token_urlsafe(24)


def diff(old: dict[str, Any], new: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """(field, old, new) of what differs, in the order of FIELDS. Empty text and None are the same."""
    rows = []
    for field in FIELDS:
        before, after = old.get(field) or "", new.get(field, old.get(field)) or ""
        if str(before) != str(after):
            rows.append((field, before, after))
    return rows
