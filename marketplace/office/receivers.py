"""The office's door on the account page."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from marketplace.accounts.domain import Door
from marketplace.accounts.signals import doors_wanted


@receiver(doors_wanted)
def door(sender: Any, groups: set[str], **kwargs: Any) -> list[Door]:
    return [Door("office", _("OCOP office"), "/van-phong/", "certificate", 10)] if "office" in groups else []
