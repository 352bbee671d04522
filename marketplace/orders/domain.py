"""The four state tables, the public number, and sums. Pure."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

# 31 signs, a prime number of them, so that the check notices every single slip. No I, L, O, U, Z: what people
# write instead is read back as 1, 1, 0 (and 2 for Z).
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXY"
_READ = str.maketrans("OILZ", "0112")
PREFIX = "KT"
RANDOM_SIGNS = 8


class OrderState(StrEnum):
    AWAITING_PAYMENT = "awaiting_payment"
    PLACED = "placed"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class SellerState(StrEnum):
    PLACED = "placed"
    ACCEPTED = "accepted"
    PACKED = "packed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    RETURNED = "returned"


class LineState(StrEnum):
    OPEN = "open"
    PACKED = "packed"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    RETURNED = "returned"


class ParcelState(StrEnum):
    READY = "ready"
    HANDED_OVER = "handed_over"
    IN_TRANSIT = "in_transit"
    OUT = "out"
    MISSED = "missed"
    DELIVERED = "delivered"
    PICKED_UP = "picked_up"
    REFUSED = "refused"
    RETURNED = "returned"
    LOST = "lost"


ORDER_MOVES = {
    "awaiting_payment": {"placed", "cancelled"},
    "placed": {"completed", "cancelled"},
    "completed": set(),
    "cancelled": set(),
}
# A seller order of an unpaid order is `placed` too; it is shown to the seller only once the order is.
SELLER_MOVES = {
    "placed": {"accepted", "declined", "cancelled"},
    "accepted": {"packed", "declined", "cancelled"},
    "packed": {"shipped", "delivered", "refused"},
    "shipped": {"delivered", "refused"},
    "delivered": {"returned"},
    "refused": {"returned"},
    "declined": set(),
    "cancelled": set(),
    "returned": set(),
}
LINE_MOVES = {
    "open": {"packed", "cancelled"},
    "packed": {"delivered", "returned"},
    "delivered": {"returned"},
    "cancelled": set(),
    "returned": set(),
}
PARCEL_MOVES = {
    "ready": {"handed_over", "picked_up", "refused"},
    "handed_over": {"in_transit", "out", "delivered", "missed", "refused", "lost"},
    "in_transit": {"out", "delivered", "missed", "refused", "lost"},
    "out": {"delivered", "missed", "refused", "lost"},
    "missed": {"in_transit", "out", "delivered", "refused", "lost"},
    "delivered": set(),
    "picked_up": set(),
    "refused": {"returned", "lost"},
    "returned": set(),
    "lost": set(),
}
SELLER_ENDS = frozenset({"delivered", "declined", "cancelled", "refused", "returned"})
SELLER_OPEN = frozenset({"placed", "accepted"})
UNDONE = frozenset({"declined", "cancelled", "refused"})


def may_move(table: dict[str, set[str]], old: str, new: str) -> bool:
    return new in table.get(old, ())


def sources(table: dict[str, set[str]], new: str) -> list[str]:
    """The states from which `new` can be reached: the guard of one conditional update."""
    return sorted(old for old, news in table.items() if new in news)


def order_state_from(seller_states: Iterable[str]) -> str | None:
    """What the order becomes when its sellers' parts are all at an end; None while one is not."""
    states = list(seller_states)
    if not states or any(state not in SELLER_ENDS for state in states):
        return None
    return "cancelled" if all(state in UNDONE for state in states) else "completed"


def check_sign(body: str) -> str:
    """A weighted sum modulo 31: one wrong sign, or two neighbours swapped, is noticed."""
    total = sum(ALPHABET.index(sign) * weight for weight, sign in enumerate(body, 2))
    return ALPHABET[total % len(ALPHABET)]


def number_make() -> str:
    """A new public number: unguessable (31 to the 8th), with a check sign: KT + 8 + 1."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_SIGNS))
    return PREFIX + body + check_sign(body)


def number_read(text: str) -> str | None:
    """The number as a person typed it ("kt-4q7m x2k9 p"), or None if it cannot be one."""
    plain = "".join(sign for sign in text.upper() if sign.isascii() and sign.isalnum())
    if len(plain) != len(PREFIX) + RANDOM_SIGNS + 1 or not plain.startswith(PREFIX):
        return None
    body = plain[len(PREFIX) :].translate(_READ)
    if any(sign not in ALPHABET for sign in body) or check_sign(body[:-1]) != body[-1]:
        return None
    return PREFIX + body


def number_shown(number: str) -> str:
    """KT4Q7MX2K9P as people read it: KT-4Q7M-X2K9P."""
    return f"{number[:2]}-{number[2:6]}-{number[6:]}"


@dataclass(frozen=True)
class Sums:
    goods: int
    discount: int
    shipping: int

    @property
    def total(self) -> int:
        return self.goods - self.discount + self.shipping
