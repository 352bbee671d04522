"""Doors, invited hosts, orders that came out of a session."""

from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.actors import SYSTEM
from marketplace.accounts.domain import Door
from marketplace.accounts.signals import doors_wanted, person_invited
from marketplace.links.signals import target_wanted
from marketplace.live.models import LiveSession
from marketplace.live.selectors import host_of
from marketplace.live.services import host_open, take_ordered
from marketplace.orders.selectors import order_by_id
from marketplace.orders.signals import order_placed


@receiver(doors_wanted)
def door(sender: Any, user: Any, **kwargs: Any) -> list[Door]:
    return [Door("live", _("Live sale"), "/live/ban/", "live", 40)] if host_of(user) else []


@receiver(person_invited)
def let_in(sender: Any, kind: str, user: Any, name: str, **kwargs: Any) -> None:
    if kind == "host":
        host_open(actor=SYSTEM, user=user, name=name)


@receiver(target_wanted)
def target(sender: Any, kind: str, target_id: int, **kwargs: Any) -> tuple[str, str] | None:
    session = LiveSession.objects.filter(pk=target_id).first() if kind == "live" else None
    return (reverse("live:watch", args=[session.code]), session.title) if session else None


@receiver(order_placed)
def note_order(sender: Any, order_id: int, **kwargs: Any) -> None:
    order = order_by_id(order_id)
    if order is not None and order.channel == "live" and order.hold_key:
        take_ordered(hold_key=order.hold_key, order_number=order.number)
