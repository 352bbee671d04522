"""Rules of the shop's pages that need no database."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

FEW = 5
RELATED = 4
SPIRITS_ABV = 15


class Stock(StrEnum):
    """What a cached page may say; the exact number comes beside it."""

    IN = "in"
    FEW = "few"
    OUT = "out"


def stock_of(available: int) -> Stock:
    """The word for so many pieces."""
    if available <= 0:
        return Stock.OUT
    return Stock.FEW if available <= FEW else Stock.IN


def unit_price(price: int | None, basis: str, net_g: int | None, net_ml: int | None) -> int | None:
    """The price of 100 g or 100 ml in whole đồng, half up; nothing where the goods are not sold by measure.

    98,000 for 500 g is 19,600 per 100 g.
    """
    measure = {"100 g": net_g, "100 ml": net_ml}.get(basis)
    if price is None or not measure:
        return None
    return (price * 100 * 2 + measure) // (2 * measure)


def combo_available(parts: list[tuple[int, int]]) -> int:
    """How many gift sets can be made of (available, needed per set); none of no parts."""
    return min((max(0, have) // need for have, need in parts), default=0)


def saving(apart: int, together: int) -> tuple[int, float]:
    """What a set saves in đồng and in per cent with one decimal, never below nothing."""
    saved = max(0, apart - together)
    return saved, round(saved * 100 / apart, 1) if apart else 0.0


@dataclass(frozen=True)
class Hit:
    """One thing a look-up found."""

    kind: str
    title: str
    detail: str
    url: str
    language: str = ""
