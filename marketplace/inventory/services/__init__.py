"""The only writer of stock, for web, till and live sale alike."""

from marketplace.inventory.services.allotments import allot, unallot
from marketplace.inventory.services.goods import (
    location_create,
    lose,
    receive,
    recount,
    restock,
    shortage,
    stock_open,
    transfer,
)
from marketplace.inventory.services.holds import claim, expire_due, extend, give_back, release, reserve

__all__ = [
    "allot",
    "claim",
    "expire_due",
    "extend",
    "give_back",
    "location_create",
    "lose",
    "receive",
    "recount",
    "release",
    "reserve",
    "restock",
    "shortage",
    "stock_open",
    "transfer",
    "unallot",
]
