"""Codes and rules of a live sale."""

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
COMMISSION_MAX = 30  # percent; the table says so too
ITEMS_MAX = 10


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(8))


def price_allowed(price: int, usual: int, floor: int | None) -> bool:
    """Never below the producer's floor (without one: the usual price), never above the usual price."""
    return (usual if floor is None else floor) <= price <= usual
