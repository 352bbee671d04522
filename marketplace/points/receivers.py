"""The counter's door on the account page."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from marketplace.accounts.domain import Door
from marketplace.accounts.signals import doors_wanted
from marketplace.points.selectors import is_clerk


@receiver(doors_wanted)
def door(sender: Any, user: Any, **kwargs: Any) -> list[Door]:
    return [Door("pos", _("Counter"), "/quay/", "receipt", 30)] if is_clerk(user) else []
