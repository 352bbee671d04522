"""Doors, invited hosts, orders that came out of a session."""

from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.actors import SYSTEM
from kernel.money import percent_of
from marketplace.accounts.domain import Door
from marketplace.accounts.signals import doors_wanted, person_invited
from marketplace.links.signals import target_wanted
from marketplace.live.models import LiveSession, LiveTake
from marketplace.live.selectors import host_of
from marketplace.live.services import host_open, take_ordered
from marketplace.orders.selectors import order_by_id
from marketplace.orders.signals import order_placed
from marketplace.settlement.signals import commission_wanted


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


@receiver(commission_wanted)
def commission(sender: Any, hold_key: str, gross: int, **kwargs: Any) -> int:
    """The host's part of a sale made in a session, by the percentage that held when the buyer pressed."""
    percent = LiveTake.objects.filter(key=hold_key).values_list("commission_percent", flat=True).first()
    return percent_of(gross, percent) if percent else 0
