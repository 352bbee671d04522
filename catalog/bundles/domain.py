"""Rules of a gift combo."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

SPIRITS_FROM = Decimal(15)
FEWEST_PIECES = 2


@dataclass(frozen=True)
class Component:
    """One kind of goods in a combo, as the rules see it."""

    product_id: int
    quantity: int
    is_page: bool = False  # a product that is bought by choosing one of its packs
    is_combo: bool = False
    abv_percent: Decimal | None = None


def problem_of(components: Iterable[Component]) -> str:
    """The name of the rule that these components break, or an empty string."""
    parts = list(components)
    if any(part.quantity < 1 for part in parts):
        return "quantity"
    if sum(part.quantity for part in parts) < FEWEST_PIECES:
        return "too_few"
    if len({part.product_id for part in parts}) != len(parts):
        return "twice"
    if any(part.is_page or part.is_combo for part in parts):
        return "not_a_pack"
    if any(part.abv_percent is not None and part.abv_percent >= SPIRITS_FROM for part in parts):
        return "spirits"
    return ""
