"""Rules of goods that need no framework."""

from kernel.gs1 import gtin14, make_gtin13

ITEM_STEP = 10


def demo_gtin(prefix: str, row: int, pack: int) -> str:
    """A made-up GTIN under GS1's example prefix: item number = row * 10 + number of the pack."""
    return gtin14(make_gtin13(prefix, row * ITEM_STEP + pack))
