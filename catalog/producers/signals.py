"""What this app announces, after commit and with ids only."""

from django.dispatch import Signal

producer_saved = Signal()  # producer_id
