"""reserve, claim, release: how pieces get promised and sold. All are safe to repeat with the same key.

Locks are taken in one order everywhere: stock rows by key, then holds, then allotments.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from catalog.bundles.selectors import components_of
from catalog.producers.selectors import sale_block_reasons
from kernel import clock
from kernel.actors import SYSTEM, Actor
from marketplace.inventory import domain
from marketplace.inventory.errors import BadQuantity, HoldGone, NotForSale, SoldOut
from marketplace.inventory.models import Allotment, Channel, Hold, HoldLine, Stock, StockMove
from marketplace.inventory.services.shelf import Shelf

Reason = StockMove.Reason


@transaction.atomic
def reserve(
    *,
    lines: Iterable[tuple[int, int]],
    key: str,
    ttl: int,
    channel: str = Channel.WEB,
    location_id: int | None = None,
    session_ref: str = "",
    actor: Actor = SYSTEM,
    sold: bool = False,
) -> Hold:
    """Promise `lines` [(product id, quantity)] for `ttl` seconds: all of them, or none.

    With `sold` the sale is sure: the pieces leave the stock in the same step, as if claimed at once.
    Combos are taken apart into their components in the same step. The same key a second time returns the first
    hold and takes nothing.

    Raises: SoldOut (which product, how many are left), NotForSale (a paper has lapsed), HoldGone (the key's hold has ended), BadQuantity.
    """
    wanted = list(lines)
    if not wanted or any(isinstance(n, bool) or not isinstance(n, int) or n < 1 for _, n in wanted):
        raise BadQuantity
    pieces = domain.expand(wanted, components_of({product for product, _ in wanted}))
    state = Hold.State.CLAIMED if sold else Hold.State.ACTIVE
    hold, is_new = _hold_open(key=key, ttl=ttl, channel=channel, session_ref=session_ref, state=state)
    if not is_new:
        if hold.state in (Hold.State.RELEASED, Hold.State.EXPIRED):
            raise HoldGone
        return hold
    for product, reason in sale_block_reasons(pieces, clock.today()).items():
        raise NotForSale(product_id=product, reason=reason)
    overdue = _overdue_on(pieces)
    others = HoldLine.objects.filter(hold__in=overdue).values_list("stock__product_id", flat=True) if overdue else ()
    with Shelf([*pieces, *others], actor=actor, channel=channel, reference=key) as shelf:
        for late in overdue:
            _end(shelf, late, Hold.State.EXPIRED, Reason.EXPIRED, "expired")
        taken: list[HoldLine] = []
        for product in sorted(pieces):
            taken += _take(shelf, hold, product, pieces[product], location_id)
    HoldLine.objects.bulk_create(taken)
    return hold


@transaction.atomic
def claim(*, key: str, actor: Actor = SYSTEM) -> Hold:
    """Turn a hold into a sale: the pieces leave the stock. Repeating it changes nothing.

    A hold past its time that nobody has ended yet still counts. Raises: HoldGone.
    """
    hold = _hold_get(key)
    if hold.state == Hold.State.CLAIMED:
        return hold
    with _shelf_of(hold, actor) as shelf:
        if not _end(shelf, hold, Hold.State.CLAIMED, Reason.SOLD, "sold"):
            hold.refresh_from_db()
            if hold.state != Hold.State.CLAIMED:
                raise HoldGone
    return hold


@transaction.atomic
def release(*, key: str, reason: str = "released", actor: Actor = SYSTEM) -> bool:
    """Give the pieces of an active hold back. False if it had ended before or never was."""
    hold = Hold.objects.filter(key=key).first()
    if hold is None or hold.state != Hold.State.ACTIVE:
        return False
    with _shelf_of(hold, actor) as shelf:
        return _end(shelf, hold, Hold.State.RELEASED, Reason.RELEASED, reason)


@transaction.atomic
def give_back(*, hold_key: str, product_id: int, quantity: int, key: str, actor: Actor = SYSTEM) -> bool:
    """Return sold pieces of a hold to the places they came from (cancelled, refused, returned intact).

    Never more than were sold; the same `key` counts once (False the second time). Raises: HoldGone if the hold was
    not a sale, BadQuantity if so many were not sold.
    """
    hold = _hold_get(hold_key)
    if hold.state != Hold.State.CLAIMED:
        raise HoldGone
    with Shelf([product_id], actor=actor, channel=hold.channel, reference=hold_key) as shelf:
        if StockMove.objects.filter(key__startswith=f"{key}@").exists():
            return False
        left = quantity
        for line in hold.lines.filter(stock__product_id=product_id).order_by("stock_id"):
            part = min(left, line.quantity - line.given_back)
            if part:
                HoldLine.objects.filter(pk=line.pk).update(given_back=F("given_back") + part)
                row = shelf.rows[line.stock_id]
                shelf.change(row, reason=Reason.RETURNED, on_hand=part, key=f"{key}@{row.pk}")
                left -= part
        if left:
            raise BadQuantity
    return True


def extend(*, key: str, ttl: int) -> bool:
    """Let an active hold last until `ttl` seconds from now (never shorter). False if it has ended."""
    until = clock.now() + timedelta(seconds=ttl)
    active = Hold.objects.filter(key=key, state=Hold.State.ACTIVE)
    return bool(active.filter(expires_at__lt=until).update(expires_at=until)) or active.exists()


def expire_due(limit: int = 200) -> int:
    """End holds past their time, each in a transaction of its own; returns how many."""
    due = Hold.objects.filter(state=Hold.State.ACTIVE, expires_at__lte=clock.now()).order_by("expires_at", "pk")
    return sum(_expire(hold) for hold in due[:limit])


@transaction.atomic
def _expire(hold: Hold) -> bool:
    with _shelf_of(hold, SYSTEM) as shelf:
        return _end(shelf, hold, Hold.State.EXPIRED, Reason.EXPIRED, "expired")


def _hold_open(*, key: str, ttl: int, channel: str, session_ref: str, state: str) -> tuple[Hold, bool]:
    known = Hold.objects.filter(key=key).first()
    if known is not None:
        return known, False
    try:
        with transaction.atomic():
            until = clock.now() + timedelta(seconds=ttl)
            hold = Hold.objects.create(key=key, channel=channel, session_ref=session_ref, expires_at=until, state=state)
            return hold, True
    except IntegrityError:
        return Hold.objects.get(key=key), False


def _hold_get(key: str) -> Hold:
    try:
        return Hold.objects.get(key=key)
    except Hold.DoesNotExist:
        raise HoldGone from None


def _overdue_on(pieces: dict[int, int]) -> list[Hold]:
    """Holds past their time that still block one of these products (lazy expiry)."""
    due = Hold.objects.filter(state=Hold.State.ACTIVE, expires_at__lte=clock.now(), lines__stock__product__in=pieces)
    return list(due.distinct().order_by("pk")[:50])


def _shelf_of(hold: Hold, actor: Actor) -> Shelf:
    products = hold.lines.values_list("stock__product_id", flat=True)
    return Shelf(products, actor=actor, channel=hold.channel, reference=hold.key)


def _take(shelf: Shelf, hold: Hold, product: int, quantity: int, location_id: int | None) -> list[HoldLine]:
    """Hold `quantity` of one product. Raises SoldOut, which rolls everything back."""
    rows = shelf.at(product, channel=hold.channel, location_id=location_id)
    if hold.channel != Channel.WEB:
        own = _take_allotted(shelf, hold, rows, quantity)
        if own is not None:
            return own
    plan = domain.spread(quantity, [row.free for row in rows])
    if plan is None:
        raise SoldOut(product_id=product, left=sum(max(row.free, 0) for row in rows))
    lines = []
    for row, part in zip(rows, plan, strict=True):
        if part:
            if not _move(shelf, row, hold, part):
                raise SoldOut(product_id=product, left=0)
            lines.append(HoldLine(hold=hold, stock=row, quantity=part))
    return lines


def _take_allotted(shelf: Shelf, hold: Hold, rows: list[Stock], quantity: int) -> list[HoldLine] | None:
    """Take from the channel's allotment. None if it has none (or, for the till, too few: the common stock helps).

    Raises SoldOut where a live session has an allotment and it is used up.
    """
    by_pk = {row.pk: row for row in rows}
    kept = Allotment.objects.filter(
        stock__in=by_pk, channel=hold.channel, session_ref=hold.session_ref, is_open=True
    ).order_by("stock_id")
    free = 0
    for allotment in kept.select_for_update():
        free += allotment.free
        taken = Allotment.objects.filter(pk=allotment.pk, quantity__gte=F("held") + F("used") + quantity)
        column = "used" if hold.state == Hold.State.CLAIMED else "held"
        if taken.update(**{column: F(column) + quantity}):
            row = by_pk[allotment.stock_id]
            if not _move(shelf, row, hold, quantity, allotted=-quantity):
                raise SoldOut(product_id=row.product_id, left=0)
            return [HoldLine(hold=hold, stock=row, allotment=allotment, quantity=quantity)]
    if kept and hold.channel == Channel.LIVE:
        raise SoldOut(product_id=rows[0].product_id, left=free)
    return None


def _move(shelf: Shelf, row: Stock, hold: Hold, quantity: int, allotted: int = 0) -> bool:
    """Promise pieces of one row, or take them out at once for a hold that is a sale from the start."""
    if hold.state == Hold.State.CLAIMED:
        return shelf.change(row, reason=Reason.SOLD, on_hand=-quantity, allotted=allotted)
    return shelf.change(row, reason=Reason.HELD, held=quantity, allotted=allotted)


def _end(shelf: Shelf, hold: Hold, state: str, reason: str, why: str) -> bool:
    """End an active hold by one guarded update; its pieces are sold or go back. False if it had ended."""
    ended = Hold.objects.filter(pk=hold.pk, state=Hold.State.ACTIVE).update(
        state=state, ended_at=clock.now(), end_reason=why[:80]
    )
    if not ended:
        return False
    hold.state = state
    sold = state == Hold.State.CLAIMED
    for line in HoldLine.objects.filter(hold=hold).order_by("stock_id"):
        n, back = line.quantity, 0
        if line.allotment_id:
            back = 0 if sold else _allotment_back(line.allotment_id, n)
            if sold:
                Allotment.objects.filter(pk=line.allotment_id).update(held=F("held") - n, used=F("used") + n)
        row = shelf.rows[line.stock_id]
        changed = shelf.change(
            row, reason=reason, on_hand=-n if sold else 0, held=-n, allotted=back, reference=hold.key
        )
        if not changed:
            raise RuntimeError(f"stock {row.pk} does not cover hold {hold.key}")
    return True


def _allotment_back(pk: int, quantity: int) -> int:
    """Return held pieces to an allotment; if it is closed they go to the common stock (0)."""
    if Allotment.objects.filter(pk=pk, is_open=True).update(held=F("held") - quantity):
        return quantity
    Allotment.objects.filter(pk=pk).update(held=F("held") - quantity, quantity=F("quantity") - quantity)
    return 0
