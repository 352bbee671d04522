"""The desk's door on the account page."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from marketplace.accounts.domain import Door
from marketplace.accounts.signals import doors_wanted
from marketplace.desk.selectors import memberships


@receiver(doors_wanted)
def door(sender: Any, user: Any, **kwargs: Any) -> list[Door]:
    return [Door("desk", _("Sales desk"), "/ban-hang/", "basket", 20)] if memberships(user).exists() else []
