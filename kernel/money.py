"""Whole đồng. Fractions of a đồng do not exist: they are refused, or shared by largest remainder."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal


def dong(value: Decimal | int | str) -> int:
    """`value` as whole đồng. Raises ValueError if it has a fraction."""
    amount = Decimal(value)
    if amount != amount.to_integral_value():
        raise ValueError(f"{value} is not a whole number of đồng")
    return int(amount)


def round_dong(value: Decimal | int) -> int:
    """`value` rounded half up to whole đồng."""
    return int(Decimal(value).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def oscar_round(value: Decimal, currency: str | None = None) -> Decimal:
    """Rounding function for Oscar's offers (OSCAR_OFFER_ROUNDING_FUNCTION)."""
    return Decimal(round_dong(value))


def percent_of(amount: int, percent: Decimal | int | str) -> int:
    """`percent` % of `amount` đồng, rounded half up."""
    return round_dong(Decimal(amount) * Decimal(percent) / 100)


def split_largest_remainder(total: int, weights: Sequence[int]) -> list[int]:
    """Share `total` đồng in proportion to `weights`; the parts are whole and sum to `total`.

    The đồng left over go to the largest remainders, the earlier part first where they are equal. All-zero
    weights share evenly. Raises ValueError for no weights or a negative one.
    """
    if not weights or any(weight < 0 for weight in weights):
        raise ValueError("weights must be non-empty and not negative")
    if not sum(weights):
        weights = [1] * len(weights)
    whole = sum(weights)
    sign = -1 if total < 0 else 1
    parts = [abs(total) * weight // whole for weight in weights]
    remainders = [abs(total) * weight % whole for weight in weights]
    left = abs(total) - sum(parts)
    for index in sorted(range(len(weights)), key=lambda i: (-remainders[i], i))[:left]:
        parts[index] += 1
    return [sign * part for part in parts]


def format_dong(amount: Decimal | int) -> str:
    """`98000` -> "98.000 ₫" (no-break space), the one form used in both languages."""
    return f"{round_dong(amount):,}".replace(",", ".") + "\u00a0₫"
