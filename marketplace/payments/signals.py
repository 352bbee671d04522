"""Announced inside the transaction of the receipt, so that order and money change together."""

from django.dispatch import Signal

# reference: the order's number
payment_covered = Signal()
"""All of it has come. kwargs: reference."""
payment_changed = Signal()
"""Some came, went back, or does not fit. kwargs: reference, problem ("short", "over", "late", "double" or "")."""
cod_moved = Signal()
"""Cash of a delivery moved. kwargs: reference (seller order), state, amount."""
refund_paid = Signal()
"""A refund has left. kwargs: reference, refund_id, amount."""
