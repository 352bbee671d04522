"""Rules of goods that need no framework."""

from kernel.gs1 import gtin14, make_gtin13

ITEM_STEP = 10


def demo_gtin(prefix: str, row: int, pack: int) -> str:
    """A made-up GTIN under GS1's example prefix: item number = row * 10 + number of the pack."""
    return gtin14(make_gtin13(prefix, row * ITEM_STEP + pack))


def unit_price(price: int, net: int | None) -> int | None:
    """Price for 100 g or 100 ml, rounded half up to whole đồng; None where the size is not known."""
    return (price * 100 * 2 + net) // (2 * net) if net else None
