"""People behind other doors: clerks at a point with goods, hosts of live sales."""

import itertools
from typing import Any

from kernel import clock
from kernel.actors import SYSTEM, Actor
from marketplace.accounts.models import User
from marketplace.inventory import services as inventory
from marketplace.live.models import Host
from marketplace.points import services as points
from marketplace.points.models import SalesPoint

_number = itertools.count(1)


def person(name: str = "Y Hồng") -> User:
    return User.objects.create(full_name=f"{name} {next(_number)}")


def actor(user: User, *roles: str) -> Actor:
    return Actor(user=user, label=user.full_name, roles=frozenset(roles))


def point(name: str = "", **fields: Any) -> SalesPoint:
    fields = {"address": "12 Trần Phú", "hours": "7:00 đến 21:00"} | fields
    return points.point_open(actor=SYSTEM, name=name or f"Điểm bán số {next(_number)}", **fields)


def clerk(at: SalesPoint) -> User:
    user = person("Quầy")
    points.clerk_add(actor=SYSTEM, user=user, point=at)
    return user


def bring(at: SalesPoint, item: Any, quantity: int) -> None:
    """Goods that lie at the counter."""
    inventory.receive(actor=SYSTEM, product_id=item.pk, location_id=at.location_id, quantity=quantity)


def host(*, ready: bool = True, percent: int = 5) -> Host:
    """Somebody who may go live, or (not `ready`) has only been invited."""
    now = clock.now() if ready else None
    return Host.objects.create(
        user=person("A Thái"), name="A Thái", commission_percent=percent, identity_checked_at=now, rules_accepted_at=now
    )
