"""What this app announces, after commit and with ids only."""

from django.dispatch import Signal

price_changed = Signal()  # product_id
