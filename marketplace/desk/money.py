"""What the market owes this producer, as the settlement ledger says it."""

from typing import Any

from marketplace.desk.selectors import Desk


def money_of(desk: Desk) -> dict[str, Any]:
    """{"due": đồng, "rows": [...]}; empty where nothing has been booked yet."""
    return {"due": 0, "rows": [], "payouts": []}
