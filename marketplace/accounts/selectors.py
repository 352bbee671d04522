"""Reads: doors, browsers, second step."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.accounts.domain import Door
from marketplace.accounts.models import SignedInBrowser, User
from marketplace.accounts.signals import doors_wanted

GUARDED_GROUPS = {"office", "administrators"}


def doors_of(user: User) -> list[Door]:
    """Where this person works, the main place first. Asked of the apps themselves."""
    groups = set(user.groups.values_list("name", flat=True))
    doors: list[Door] = []
    if "editors" in groups or user.is_superuser:
        doors.append(Door("cms", _("Pages and stories"), reverse("wagtailadmin_home"), "book", 60))
    if "administrators" in groups or user.is_superuser:
        doors.append(Door("system", _("Administration"), reverse("dashboard:index"), "shield", 70))
    for _receiver, found in doors_wanted.send(sender=User, user=user, groups=groups):
        doors.extend(found or [])
    return sorted(doors, key=lambda door: door.order)


def browsers_of(user: User) -> QuerySet[SignedInBrowser]:
    return SignedInBrowser.objects.filter(user=user)


def has_second_step(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def needs_second_step(user: User) -> bool:
    """Whether the second step is a duty: for the office and for administrators, in the demo only an offer."""
    if settings.DEMO:
        return False
    return user.is_superuser or user.groups.filter(name__in=GUARDED_GROUPS).exists()
