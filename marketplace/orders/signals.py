"""Sent inside the transaction of the step (with `send`), so that whoever keeps books writes in the same one."""

from django.dispatch import Signal

order_moved = Signal()
"""kwargs: order_id, old, new."""
seller_order_moved = Signal()
"""kwargs: seller_order_id, old, new."""
line_moved = Signal()
"""kwargs: line_id, old, new."""
order_placed = Signal()
"""Sent after commit, once, when an order becomes `placed`. kwargs: order_id."""
