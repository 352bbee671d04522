"""Stock follows the lots: what no fit lot covers any more cannot be sold anywhere."""

from typing import Any

from django.dispatch import receiver

from catalog.products.selectors import by_gtin
from kernel.actors import SYSTEM
from marketplace.inventory.models import Stock, StockMove
from marketplace.inventory.services import lose, receive
from traceability.lots.selectors import fit_lots
from traceability.lots.signals import lot_state_changed

ASIDE = "lot-aside"


@receiver(lot_state_changed, dispatch_uid="inventory.lot_state")
def follow_lot(sender: Any, lot_id: int, gtin: str, new: str, **_: Any) -> None:
    """Held or recalled: the pieces that only this lot covered are set aside. Released: they come back."""
    product = by_gtin(gtin) if gtin else None
    if product is None:
        return
    stocks = list(Stock.objects.filter(product_id=product.pk).order_by("pk"))
    covered = sum(lot.pieces_left for lot in fit_lots([gtin]))
    free = sum(max(row.free, 0) for row in stocks)
    if new == "on_sale":
        _back(lot_id, stocks, covered - free)
    else:
        _aside(lot_id, stocks, free - covered)


def _aside(lot_id: int, stocks: list[Stock], pieces: int) -> None:
    for row in stocks:
        taken = min(row.free, pieces)
        if taken > 0:
            turn = StockMove.objects.filter(stock=row, key__startswith=f"{ASIDE}:{lot_id}:").count()
            lose(
                actor=SYSTEM, product_id=row.product_id, location_id=row.location_id, quantity=taken,
                note="lot held or recalled", key=f"{ASIDE}:{lot_id}:{row.pk}:{turn}",
            )  # fmt: skip
            pieces -= taken


def _back(lot_id: int, stocks: list[Stock], room: int) -> None:
    for row in stocks:
        moves = StockMove.objects.filter(stock=row, key__startswith=f"{ASIDE}:{lot_id}:")
        aside = min(-sum(moves.values_list("on_hand_delta", flat=True)), room)
        if aside > 0:
            receive(
                actor=SYSTEM, product_id=row.product_id, location_id=row.location_id, quantity=aside,
                reference="lot released", key=f"{ASIDE}:{lot_id}:{row.pk}:{moves.count()}",
            )  # fmt: skip
            room -= aside
