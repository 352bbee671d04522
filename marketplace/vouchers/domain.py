"""Discounts in whole đồng. Pure."""

from collections.abc import Sequence
from decimal import Decimal

from kernel.money import percent_of, split_largest_remainder

SPIRITS_FROM = 15


def shares(kind: str, value: Decimal, amounts: Sequence[int], allowed: Sequence[bool]) -> list[int]:
    """The discount of each line: a percentage or a fixed sum over the allowed lines, split by largest remainder.

    Never more than the allowed lines cost.
    """
    base = [amount if ok else 0 for amount, ok in zip(amounts, allowed, strict=True)]
    whole = sum(base)
    if not whole:
        return [0] * len(base)
    total = percent_of(whole, value) if kind == "percent" else int(value)
    return split_largest_remainder(min(total, whole), base)
