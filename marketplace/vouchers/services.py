"""Using a voucher."""

from typing import Any


def voucher_redeem(*, voucher: Any, phone: str, order_number: str, amount: int) -> None:
    """Count one use in the transaction of the order."""
