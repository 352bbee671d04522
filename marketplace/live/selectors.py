"""Reads for hosts, viewers and the office."""

from typing import Any

from django.db.models import QuerySet, Sum

from catalog.pictures.selectors import main_pictures
from catalog.products.selectors import find_public
from kernel import clock
from kernel.money import dong
from kernel.pictures.addresses import picture_url
from marketplace.inventory import selectors as inventory
from marketplace.live.errors import SessionNotFound
from marketplace.live.models import Host, LiveItem, LiveSession, LiveTake
from marketplace.orders.selectors import part_numbers
from marketplace.sellers.selectors import price_floors, records_of
from marketplace.settlement.selectors import earned_by_host

OPEN = ("planned", "on_air", "paused")


def ref_of(session: LiveSession) -> str:
    """How stock and orders name a session."""
    return f"live:{session.code}"


def host_of(user: Any) -> Host | None:
    return Host.objects.filter(user=user, is_active=True).first()


def hosts() -> QuerySet[Host]:
    return Host.objects.select_related("user").order_by("identity_checked_at", "name")


def sessions_of(host: Host) -> QuerySet[LiveSession]:
    return LiveSession.objects.filter(host=host)


def session_of_host(host: Host | None, code: str) -> LiveSession:
    """Raises: SessionNotFound, also for another host's."""
    found = sessions_of(host).filter(code=code).first() if host else None
    if found is None:
        raise SessionNotFound
    return found


def session_public(code: str) -> LiveSession:
    """Raises: SessionNotFound."""
    found = LiveSession.objects.select_related("host").filter(code=code).first()
    if found is None:
        raise SessionNotFound
    return found


def sessions_public() -> list[LiveSession]:
    """On air first, then what is planned."""
    rows = LiveSession.objects.filter(state__in=OPEN).select_related("host")
    order = {"on_air": 0, "paused": 1, "planned": 2}
    return sorted(rows, key=lambda row: (order[row.state], row.starts_at))


def left_of(session: LiveSession, items: list[LiveItem]) -> dict[int, int]:
    """{product id: pieces this session can still sell}."""
    return inventory.available([item.product_id for item in items], "live", session_ref=ref_of(session))


def state_of(session: LiveSession) -> dict[str, Any]:
    """What viewers poll: the same for everybody, so that one answer serves all."""
    items = list(session.items.select_related("product", "product__parent"))
    left = left_of(session, items)
    owners = [item.product.parent_id or item.product_id for item in items]
    pictures = main_pictures(owners)
    shown = []
    for item, owner in zip(items, owners, strict=True):
        picture = pictures.get(owner)
        title = item.product.parent.title if item.product.parent_id else item.product.title
        shown.append(
            {
                "id": item.pk,
                "title": title,
                "pack": item.product.pack,
                "price": item.price,
                "usual": item.usual_price,
                "left": 0 if item.stopped else left.get(item.product_id, 0),
                "quantity": item.quantity,
                "stopped": item.stopped,
                "picture": picture_url(picture, 400, "jpg") if picture and picture.ready else "",
            }
        )
    return {
        "state": session.state,
        "version": session.version,
        "pinned": session.pinned_id,
        "limit": session.limit_per_person,
        "items": shown,
    }


def figures(session: LiveSession) -> dict[str, int]:
    """What the host sees: pieces held, orders, sum, commission of what was delivered."""
    takes = LiveTake.objects.filter(item__session=session)
    sold = takes.exclude(order_number="")
    held = takes.filter(order_number="", expires_at__gt=clock.now())
    rows = list(sold.values_list("order_number", "quantity", "price"))
    numbers = {row[0] for row in rows}
    return {
        "earned": earned_by_host(part_numbers(numbers)),
        "held": held.aggregate(n=Sum("quantity"))["n"] or 0,
        "orders": len(numbers),
        "amount": sum(quantity * price for _, quantity, price in rows),
    }


def find_packs(text: str) -> list[dict[str, Any]]:
    """Goods that may be sold live, with usual price, floor and free pieces."""
    owners = [p for p in find_public(text)[:15] if not p.is_alcohol] if text else []
    records = [r for r in records_of([p.pk for p in owners]) if r.price is not None and not r.product.is_alcohol]
    ids = [r.product_id for r in records]
    floors, free = price_floors(ids), inventory.available(ids)
    return [
        {
            "id": r.product_id,
            "title": (r.product.parent or r.product).title,
            "pack": r.product.pack,
            "price": dong(r.price),
            "floor": floors.get(r.product_id, dong(r.price)),
            "free": free[r.product_id],
        }
        for r in records
    ]
