"""Goods that come, go and are counted. A `key` makes a step safe to send twice."""

from django.db import transaction

from kernel.actors import SYSTEM, Actor
from kernel.text import slugify_vi
from marketplace.inventory.errors import BadQuantity, StockInUse, StockNotFound
from marketplace.inventory.models import Location, Stock, StockMove
from marketplace.inventory.services.shelf import Shelf

Reason = StockMove.Reason


def location_create(
    *,
    actor: Actor,
    name: str,
    kind: str = Location.Kind.STORE,
    partner_id: int | None = None,
    sells_online: bool = True,
    code: str = "",
) -> Location:
    """Open a place where goods lie. The code is made from the name if none is given; an existing one is returned."""
    location, _ = Location.objects.get_or_create(
        code=code or slugify_vi(name)[:60],
        defaults={"name": name, "kind": kind, "partner_id": partner_id, "sells_online": sells_online},
    )
    return location


def stock_open(*, product_id: int, location_id: int) -> Stock:
    """The stock row of a product at a place, made with nothing in it if it is new."""
    return Stock.objects.get_or_create(product_id=product_id, location_id=location_id)[0]


@transaction.atomic
def receive(
    *,
    actor: Actor,
    product_id: int,
    location_id: int,
    quantity: int,
    reference: str = "",
    key: str | None = None,
    note: str = "",
) -> Stock:
    """Goods arrive (made, bought, brought to the showroom). Raises: BadQuantity."""
    return _add(Reason.RECEIVED, actor, product_id, location_id, quantity, reference, key, note)


@transaction.atomic
def restock(
    *,
    actor: Actor = SYSTEM,
    product_id: int,
    location_id: int,
    quantity: int,
    reference: str = "",
    key: str | None = None,
) -> Stock:
    """Sold goods come back (cancelled before packing, refused, returned intact). Raises: BadQuantity."""
    return _add(Reason.RETURNED, actor, product_id, location_id, quantity, reference, key, "")


@transaction.atomic
def lose(*, actor: Actor, product_id: int, location_id: int, quantity: int, note: str, key: str | None = None) -> Stock:
    """Goods are broken, spoilt or gone. Raises: StockInUse if they are promised to somebody, StockNotFound."""
    _positive(quantity)
    with Shelf([product_id], actor=actor) as shelf:
        row = _row(shelf, location_id)
        if not _known(key) and not shelf.change(row, reason=Reason.LOST, on_hand=-quantity, note=note[:200], key=key):
            raise StockInUse(promised=row.held + row.allotted)
    return row


@transaction.atomic
def recount(
    *, actor: Actor, product_id: int, location_id: int, counted: int, note: str = "", key: str | None = None
) -> Stock:
    """Somebody counted: what lies here and is not yet set aside for an order. The difference is a ledger entry.

    Raises: StockInUse if more is promised (open holds, allotments) than was counted; BadQuantity.
    """
    if counted < 0:
        raise BadQuantity
    stock_open(product_id=product_id, location_id=location_id)
    with Shelf([product_id], actor=actor) as shelf:
        row = _row(shelf, location_id)
        if _known(key):
            return row
        delta = counted - row.on_hand
        if delta and not shelf.change(row, reason=Reason.RECOUNTED, on_hand=delta, note=note[:200], key=key):
            raise StockInUse(promised=row.held + row.allotted)
    return row


@transaction.atomic
def transfer(*, actor: Actor, product_id: int, from_id: int, to_id: int, quantity: int, key: str | None = None) -> None:
    """Carry goods from one place to another. Raises: StockInUse, StockNotFound, BadQuantity."""
    _positive(quantity)
    stock_open(product_id=product_id, location_id=to_id)
    with Shelf([product_id], actor=actor, reference=f"{from_id}>{to_id}") as shelf:
        source, target = _row(shelf, from_id), _row(shelf, to_id)
        if _known(key):
            return
        if not shelf.change(source, reason=Reason.MOVED, on_hand=-quantity, key=key):
            raise StockInUse(promised=source.held + source.allotted)
        shelf.change(target, reason=Reason.MOVED, on_hand=quantity)


@transaction.atomic
def shortage(
    *,
    actor: Actor,
    product_id: int,
    location_id: int,
    quantity: int,
    reference: str,
    key: str | None = None,
    sold: bool = True,
) -> None:
    """The counter handed over goods that the books do not have: they are booked in as such, and out as sold.

    With `sold` False only the way in is booked, for a sale that follows in the same transaction.
    """
    _positive(quantity)
    stock_open(product_id=product_id, location_id=location_id)
    with Shelf([product_id], actor=actor, channel="pos", reference=reference) as shelf:
        row = _row(shelf, location_id)
        if _known(key):
            return
        shelf.change(row, reason=Reason.SHORTAGE, on_hand=quantity, key=key)
        if sold:
            shelf.change(row, reason=Reason.SOLD, on_hand=-quantity)


def _add(
    reason: str,
    actor: Actor,
    product_id: int,
    location_id: int,
    quantity: int,
    reference: str,
    key: str | None,
    note: str,
) -> Stock:
    _positive(quantity)
    stock_open(product_id=product_id, location_id=location_id)
    with Shelf([product_id], actor=actor, reference=reference[:80]) as shelf:
        row = _row(shelf, location_id)
        if not _known(key):
            shelf.change(row, reason=reason, on_hand=quantity, key=key, note=note[:200])
    return row


def _row(shelf: Shelf, location_id: int) -> Stock:
    for row in shelf.rows.values():
        if row.location_id == location_id:
            return row
    raise StockNotFound


def _known(key: str | None) -> bool:
    return key is not None and StockMove.objects.filter(key=key).exists()


def _positive(quantity: int) -> None:
    if isinstance(quantity, bool) or not isinstance(quantity, int) or quantity < 1:
        raise BadQuantity
