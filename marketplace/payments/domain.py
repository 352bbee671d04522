"""Rules of money as pure functions: what a receipt means for an order, purpose codes in bank texts."""

from dataclasses import dataclass
from enum import StrEnum


class Method(StrEnum):
    COD = "cod"
    VIETQR = "vietqr"
    CARD = "card"
    CASH = "cash"


PREPAID = frozenset({Method.VIETQR, Method.CARD})


@dataclass(frozen=True)
class Standing:
    """Where a payment stands: what was expected, what came, what went back."""

    amount: int
    received: int
    refunded: int

    @property
    def kept(self) -> int:
        return self.received - self.refunded

    @property
    def short(self) -> int:
        return max(0, self.amount - self.kept)

    @property
    def over(self) -> int:
        return max(0, self.kept - self.amount)

    @property
    def is_covered(self) -> bool:
        return self.kept >= self.amount
