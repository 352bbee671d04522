"""Stock rows taken in key order, changed by guarded updates, and what follows from a change.

Inside `with Shelf(...) as shelf` the rows are locked (PostgreSQL) or the whole database is (SQLite, IMMEDIATE).
On the way out the moves are written, Oscar's records follow, and cached pages are dropped if a level was crossed.
"""

from collections.abc import Iterable
from functools import partial
from types import TracebackType
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from kernel import pagecache
from kernel.actors import SYSTEM, Actor
from marketplace.inventory import domain
from marketplace.inventory.models import Stock, StockMove
from marketplace.inventory.signals import levels_crossed
from marketplace.sellers.services import stock_mirror


class Shelf:
    """All stock rows of some products. Must be used inside a transaction."""

    def __init__(self, product_ids: Iterable[int], *, actor: Actor = SYSTEM, channel: str = "", reference: str = ""):
        self.product_ids = sorted(set(product_ids))
        self.actor, self.channel, self.reference = actor, channel, reference
        self.rows: dict[int, Stock] = {}
        self.moves: list[StockMove] = []

    def __enter__(self) -> "Shelf":
        rows = Stock.objects.filter(product_id__in=self.product_ids).select_related("location").order_by("pk")
        self.rows = {row.pk: row for row in rows.select_for_update(of=("self",))}
        self.before = self._online()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        if kind is not None or not self.moves:
            return
        StockMove.objects.bulk_create([move for move in self.moves if move.on_hand_delta or move.held_delta])
        after = self._online()
        changed = {product: level for product, level in after.items() if level != self.before.get(product)}
        stock_mirror(changed)
        crossed = [p for p in changed if domain.crosses(self._free(self.before, p), self._free(after, p))]
        if crossed:
            pagecache.bump()
            transaction.on_commit(partial(levels_crossed.send_robust, sender=Shelf, product_ids=crossed))

    def change(
        self, row: Stock, *, reason: str, on_hand: int = 0, held: int = 0, allotted: int = 0, **move: Any
    ) -> bool:
        """One guarded update of one row; False if it would promise more than is there."""
        kept = held + allotted - on_hand
        done = Stock.objects.filter(
            Q(on_hand__gte=F("held") + F("allotted") + kept),
            pk=row.pk,
            held__gte=-held,
            allotted__gte=-allotted,
        ).update(on_hand=F("on_hand") + on_hand, held=F("held") + held, allotted=F("allotted") + allotted)
        if not done:
            return False
        row.on_hand += on_hand
        row.held += held
        row.allotted += allotted
        move.setdefault("channel", self.channel)
        move.setdefault("reference", self.reference)
        self.moves.append(
            StockMove(
                stock=row,
                on_hand_delta=on_hand,
                held_delta=held,
                reason=reason,
                actor=self.actor.label,
                user=self.actor.user,
                **move,
            )
        )
        return True

    def at(self, product_id: int, *, channel: str, location_id: int | None) -> list[Stock]:
        """The rows that a channel may take from."""
        rows = [r for r in self.rows.values() if r.product_id == product_id and r.location.is_active]
        if location_id:
            return [r for r in rows if r.location_id == location_id]
        return rows if channel == "pos" else [r for r in rows if r.location.sells_online]

    def _online(self) -> dict[int, tuple[int, int]]:
        """{product: (on hand, promised)} over the places that fill web orders."""
        sums = dict.fromkeys(self.product_ids, (0, 0))
        for row in self.rows.values():
            if row.location.sells_online and row.location.is_active:
                on_hand, promised = sums[row.product_id]
                sums[row.product_id] = (on_hand + row.on_hand, promised + row.held + row.allotted)
        return sums

    @staticmethod
    def _free(levels: dict[int, tuple[int, int]], product_id: int) -> int:
        on_hand, promised = levels.get(product_id, (0, 0))
        return on_hand - promised
