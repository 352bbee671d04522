"""What this app announces, after commit and with ids only."""

from django.dispatch import Signal

certificate_changed = Signal()  # product_id, certificate_id
