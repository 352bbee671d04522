"""Small rules of the basket."""

import hashlib

MOST = 99
COUNT_COOKIE = "basket_count"


def quantity_of(text: object, most: int = MOST) -> int | None:
    """A quantity as it was typed: 1 to `most`, more counts as `most`; None for anything else."""
    try:
        number = int(str(text).strip() or "x")
    except ValueError:
        return None
    return min(number, most) if number >= 1 else None


def reference(product_id: int, wrapping: str = "", card_text: str = "") -> str:
    """Which basket line a thing goes into: the same goods with the same card are one line."""
    extra = hashlib.blake2b(f"{wrapping}\n{card_text}".encode(), digest_size=6).hexdigest()
    return f"{product_id}" if not (wrapping or card_text) else f"{product_id}-{extra}"
