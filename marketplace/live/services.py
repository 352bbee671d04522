"""A live sale from its planning to its end. What viewers see raises `version`."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, Sum
from django.utils.translation import gettext as _

from kernel import clock
from kernel.actors import SYSTEM, Actor
from kernel.audit import services as audit
from kernel.money import dong, format_dong
from kernel.policies import require
from kernel.text import nfc
from marketplace.inventory import selectors as inventory
from marketplace.inventory import services as stock
from marketplace.inventory.errors import SoldOut
from marketplace.live.domain import COMMISSION_MAX, ITEMS_MAX, price_allowed
from marketplace.live.errors import (
    CommissionTooHigh,
    HostNotFound,
    HostNotReady,
    LimitReached,
    LiveOver,
    NotInLiveSale,
    TooManyItems,
)
from marketplace.live.models import Host, LiveItem, LiveSession, LiveTake
from marketplace.live.selectors import ref_of
from marketplace.sellers.selectors import price_floors, records_of_packs

State = LiveSession.State
LASTS_HOURS = 6


def can_rule(actor: Actor) -> bool:
    return actor.has_role("office", "administrators")


@transaction.atomic
def host_open(*, actor: Actor, user: Any, name: str, checked: bool = False) -> Host:
    """Make somebody a host; `checked`: the office has seen who it is. Raises: NotPermitted."""
    require(can_rule(actor))
    host, _new = Host.objects.get_or_create(user=user, defaults={"name": name or str(user)})
    if checked and host.identity_checked_at is None:
        Host.objects.filter(pk=host.pk).update(identity_checked_at=clock.now(), identity_checked_by=actor.user)
        host.refresh_from_db()
        audit.record(actor, "live.host.checked", host)
    return host


def host_check(*, actor: Actor, host_id: int, commission: int | None = None) -> None:
    """The office has seen the identity papers. Raises: NotPermitted, HostNotFound, CommissionTooHigh."""
    require(can_rule(actor))
    host = Host.objects.filter(pk=host_id).select_related("user").first()
    if host is None:
        raise HostNotFound
    if commission is not None and commission > COMMISSION_MAX:
        raise CommissionTooHigh(most=COMMISSION_MAX)
    host_open(actor=actor, user=host.user, name=host.name, checked=True)
    if commission is not None:
        Host.objects.filter(pk=host_id).update(commission_percent=commission)


def rules_accept(*, actor: Actor, host: Host) -> None:
    """Raises: NotPermitted."""
    require(host.user_id == getattr(actor.user, "pk", None))
    if host.rules_accepted_at is None:
        Host.objects.filter(pk=host.pk).update(rules_accepted_at=clock.now())
        audit.record(actor, "live.rules.accepted", host)


def _own(actor: Actor, session: LiveSession) -> None:
    require(session.host.user_id == getattr(actor.user, "pk", None) or actor.is_system)


def session_plan(*, actor: Actor, host: Host, title: str, starts_at: datetime, limit: int = 5) -> LiveSession:
    """Raises: NotPermitted."""
    require(host.user_id == getattr(actor.user, "pk", None) or actor.is_system)
    made = LiveSession.objects.create(
        host=host, title=nfc(title).strip()[:120], starts_at=starts_at, limit_per_person=max(1, min(limit, 99))
    )
    audit.record(actor, "live.session.planned", made)
    return made


@transaction.atomic
def item_add(*, actor: Actor, session: LiveSession, product_id: int, price: int, quantity: int) -> LiveItem:
    """Put goods into a session and keep pieces for it. Again for the same goods changes price and number.

    Raises: NotPermitted, LiveOver, NotInLiveSale, TooManyItems, SoldOut, BadQuantity.
    """
    _own(actor, session)
    if session.state == State.ENDED:
        raise LiveOver
    record = records_of_packs([product_id]).first()
    product = record.product if record else None
    if record is None or record.price is None or not product.is_public:
        raise NotInLiveSale(title="", why=_("it is not on sale."))
    owner, usual = product.parent or product, dong(record.price)
    if owner.is_alcohol or product.is_alcohol:
        raise NotInLiveSale(title=owner.title, why=_("alcohol is not sold live."))
    floor = price_floors([product_id]).get(product_id)
    if not price_allowed(price, usual, floor):
        low = format_dong(usual if floor is None else floor)
        why = _("the price must be from %(low)s to %(high)s.") % {"low": low, "high": format_dong(usual)}
        raise NotInLiveSale(title=owner.title, why=why)
    known = LiveItem.objects.filter(session=session, product_id=product_id).first()
    if known is None and session.items.count() >= ITEMS_MAX:
        raise TooManyItems
    place = _place_of(session, product_id) or inventory.stock_for_live(product_id)
    if place is None:
        raise SoldOut(product_id=product_id, left=0)
    stock.allot(actor=actor, stock=place, channel="live", quantity=quantity, session_ref=ref_of(session))
    values = {"price": price, "usual_price": usual, "quantity": quantity}
    item, _new = LiveItem.objects.update_or_create(
        session=session, product_id=product_id, defaults=values,
        create_defaults={**values, "position": session.items.count()},
    )  # fmt: skip
    _touch(session)
    return item


def _place_of(session: LiveSession, product_id: int) -> Any:
    """Where this session keeps its pieces already: a change of their number stays there."""
    kept = inventory.allotments_of_session(ref_of(session))
    return next((one.stock for one in kept if one.stock.product_id == product_id), None)


@transaction.atomic
def item_drop(*, actor: Actor, session: LiveSession, item: LiveItem) -> None:
    """Take goods out again; its pieces go back to everybody. Raises: NotPermitted."""
    _own(actor, session)
    for kept in inventory.allotments_of_session(ref_of(session)):
        if kept.stock.product_id == item.product_id:
            stock.unallot(actor=actor, allotment=kept)
    if item.takes.exists():
        LiveItem.objects.filter(pk=item.pk).update(stopped=True)
    else:
        item.delete()
    _touch(session)


def session_start(*, actor: Actor, session: LiveSession) -> None:
    """Go on air. Raises: NotPermitted, HostNotReady, LiveOver."""
    _own(actor, session)
    if not session.host.may_go_live:
        raise HostNotReady
    open_ones = LiveSession.objects.filter(pk=session.pk, state__in=(State.PLANNED, State.PAUSED))
    if not open_ones.update(state=State.ON_AIR, version=F("version") + 1):
        raise LiveOver
    LiveSession.objects.filter(pk=session.pk, started_at=None).update(started_at=clock.now())
    audit.record(actor, "live.session.started", session)


def session_pause(*, actor: Actor, session: LiveSession) -> None:
    """Raises: NotPermitted, LiveOver."""
    _own(actor, session)
    on_air = LiveSession.objects.filter(pk=session.pk, state=State.ON_AIR)
    if not on_air.update(state=State.PAUSED, version=F("version") + 1):
        raise LiveOver


@transaction.atomic
def session_end(*, actor: Actor, session: LiveSession) -> None:
    """End it: prices end, and all pieces that are neither held nor sold go back. Raises: NotPermitted."""
    _own(actor, session)
    open_ones = LiveSession.objects.filter(pk=session.pk).exclude(state=State.ENDED)
    if not open_ones.update(state=State.ENDED, ended_at=clock.now(), pinned=None, version=F("version") + 1):
        return
    for kept in inventory.allotments_of_session(ref_of(session)):
        stock.unallot(actor=actor, allotment=kept)
    audit.record(actor, "live.session.ended", session)


def sessions_expire() -> int:
    """End sessions that their host forgot."""
    cut = clock.now() - timedelta(hours=LASTS_HOURS)
    late = LiveSession.objects.exclude(state=State.ENDED).filter(
        Q(started_at__lt=cut) | Q(started_at=None, starts_at__lt=cut)
    )
    rows = list(late)
    for session in rows:
        session_end(actor=SYSTEM, session=session)
    return len(rows)


def item_pin(*, actor: Actor, session: LiveSession, item: LiveItem | None) -> None:
    """Show one of the goods to all viewers; None shows none. Raises: NotPermitted."""
    _own(actor, session)
    LiveSession.objects.filter(pk=session.pk).update(pinned=item, version=F("version") + 1)


def item_next(*, actor: Actor, session: LiveSession) -> None:
    """Pin the next goods that are not stopped, after the last one the first again. Raises: NotPermitted."""
    items = [item for item in session.items.all() if not item.stopped]
    if items:
        at = next((n for n, item in enumerate(items) if item.pk == session.pinned_id), -1)
        item_pin(actor=actor, session=session, item=items[(at + 1) % len(items)])


def item_stop(*, actor: Actor, session: LiveSession, item: LiveItem, stopped: bool = True) -> None:
    """Stop selling one of the goods, or go on. Raises: NotPermitted, LiveOver."""
    _own(actor, session)
    if not stopped and _place_of(session, item.product_id) is None:
        # Taken out of the session: its pieces are with everybody again.
        raise LiveOver
    LiveItem.objects.filter(pk=item.pk).update(stopped=stopped)
    _touch(session)


@transaction.atomic
def item_take(*, session: LiveSession, item_id: int, quantity: int, visitor: str, key: str = "") -> LiveTake:
    """A viewer presses "Buy": the pieces are his for ten minutes, at the live price.

    Raises: LiveOver, LimitReached, SoldOut, BadQuantity.
    """
    session = LiveSession.objects.select_for_update().get(pk=session.pk)
    item = LiveItem.objects.filter(session=session, pk=item_id, stopped=False).first()
    if session.state != State.ON_AIR or item is None:
        raise LiveOver
    key = key or f"live:{secrets.token_urlsafe(16)}"
    known = LiveTake.objects.filter(key=key).first()
    if known is not None:
        return known
    mine = LiveTake.objects.filter(item=item, visitor=visitor)
    counting = mine.filter(Q(expires_at__gt=clock.now()) | ~Q(order_number=""))
    if quantity + (counting.aggregate(n=Sum("quantity"))["n"] or 0) > session.limit_per_person:
        raise LimitReached(limit=session.limit_per_person)
    ttl = settings.HOLD_SECONDS_LIVE
    stock.reserve(lines=[(item.product_id, quantity)], key=key, ttl=ttl, channel="live", session_ref=ref_of(session))
    _touch(session)
    return LiveTake.objects.create(
        key=key, item=item, quantity=quantity, price=item.price, visitor=visitor,
        commission_percent=session.host.commission_percent,
        expires_at=clock.now() + timedelta(seconds=ttl),
    )  # fmt: skip


def take_ordered(*, hold_key: str, order_number: str) -> None:
    """The checkout took a hold over. Safe to repeat."""
    LiveTake.objects.filter(key=hold_key, order_number="").update(order_number=order_number)


def _touch(session: LiveSession) -> None:
    LiveSession.objects.filter(pk=session.pk).update(version=F("version") + 1)
