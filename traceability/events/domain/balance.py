"""Mass balance in whole thousandths and decimals: what a zone can give, a lot can give out, a step can yield."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

MILLI = 1000


def to_milli(quantity: Decimal | int | str) -> int:
    """Quantity as whole thousandths of its unit; finer than that is refused, not rounded."""
    value = Decimal(str(quantity)) * MILLI
    if value != value.to_integral_value():
        raise ValueError("at most three decimals")
    return int(value)


def from_milli(milli: int) -> Decimal:
    value = Decimal(milli) / MILLI
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def season_of(day: date, months: Iterable[int], seasons_a_year: int = 1) -> str:
    """The season a day belongs to, as ``year-month`` of its start.

    A season runs over the new year where its months do (coffee: October to January). With several seasons a
    year, each run of months is one; a crop without a gap is divided evenly. Days between seasons count to the
    season that started last.
    """
    starts = _season_starts(sorted(set(months)) or list(range(1, 13)), seasons_a_year)
    before = [m for m in starts if m <= day.month]
    return f"{day.year}-{before[-1]:02d}" if before else f"{day.year - 1}-{starts[-1]:02d}"


def _season_starts(months: list[int], seasons: int) -> list[int]:
    gaps = []  # (length of the gap before this month, month)
    for i, month in enumerate(months):
        previous = months[i - 1] if i else months[-1] - 12
        gaps.append((month - previous - 1, month))
    if max(gap for gap, _ in gaps) == 0:
        return [1 + n * 12 // seasons for n in range(seasons)]
    longest = sorted(gaps, key=lambda g: (-g[0], g[1]))
    return sorted(month for gap, month in longest[:seasons] if gap > 0)


@dataclass(frozen=True, slots=True)
class Balance:
    """What became of a lot, in thousandths of its unit. ``left`` is never below zero when rules refuse."""

    made: int = 0
    used: int = 0
    sampled: int = 0
    gone: int = 0  # sold or shipped, less what came back
    destroyed: int = 0

    @property
    def left(self) -> int:
        return self.made - self.used - self.sampled - self.gone - self.destroyed


def yield_ratio(inputs_kg: Iterable[Decimal], outputs_kg: Iterable[Decimal]) -> Decimal | None:
    """Out divided by in, to three decimals; none where nothing measurable went in."""
    total = sum(inputs_kg, Decimal(0))
    if not total:
        return None
    return (sum(outputs_kg, Decimal(0)) / total).quantize(Decimal("0.001"), ROUND_HALF_UP)


def shares(edges: dict[str, dict[str, Decimal]], zones: dict[str, str], lot: str) -> dict[str, Decimal]:
    """Per cent of each zone in a lot, by the masses that entered at each level.

    ``edges``: lot → {input lot: mass}; ``zones``: harvest lot → zone. What has no zone counts as ``""``.
    A lot met again on the way (rework) is left out of its own mix.
    """

    def mix(node: str, path: frozenset[str]) -> dict[str, Decimal]:
        if node in zones:
            return {zones[node]: Decimal(1)}
        sources = {k: v for k, v in edges.get(node, {}).items() if k not in path and v}
        total = sum(sources.values(), Decimal(0))
        if not total:
            return {"": Decimal(1)}
        out: dict[str, Decimal] = {}
        for source, mass in sources.items():
            for zone, part in mix(source, path | {node}).items():
                out[zone] = out.get(zone, Decimal(0)) + part * mass / total
        return out

    return {
        zone: (part * 100).quantize(Decimal("0.01"), ROUND_HALF_UP) for zone, part in mix(lot, frozenset({lot})).items()
    }
