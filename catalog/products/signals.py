"""What this app announces, after commit and with ids only."""

from django.dispatch import Signal

product_saved = Signal()  # product_id: the page's product (the parent of a pack)
