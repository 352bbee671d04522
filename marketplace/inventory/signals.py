"""What this app announces, after commit and with ids only."""

from django.dispatch import Signal

levels_crossed = Signal()  # product_ids: sizes that went between in stock, few and sold out
