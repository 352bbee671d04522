"""What a voucher takes off."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Cut:
    """`parts` in đồng per line; `error` is a code where the voucher does not apply."""

    parts: list[int]
    voucher: Any = None
    error: str = ""
    kind: str = ""
    value: Decimal = Decimal(0)


def discount_for(code: str, rows: Sequence[tuple[int, int, float]], *, phone: str = "") -> Cut:
    """The discount of `code` on lines (product id, amount, alcohol strength)."""
    return Cut([0] * len(rows), error="unknown")
