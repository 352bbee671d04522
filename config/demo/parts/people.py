"""One account per role, so that every door of the shop can be tried."""

import random
from collections.abc import Callable

from django.contrib.auth.models import Group, Permission
from django.db.models import Count

from catalog.producers.models import Producer
from config.demo.accounts import PEOPLE, Person, password
from kernel.actors import SYSTEM
from marketplace.accounts.models import User
from marketplace.desk import services as desk
from marketplace.live import services as live

GROUPS = ("office", "editors", "administrators")


def seed(*, rng: random.Random, scale: int, out: Callable[[str], object]) -> None:
    for name in GROUPS:
        Group.objects.get_or_create(name=name)
    _rights()
    sellers = list(
        Producer.objects.filter(is_placeholder=False, is_active=True, partner__isnull=False)
        .annotate(n=Count("products")).order_by("-n", "pk")[:3]
    )  # fmt: skip
    for person in PEOPLE:
        _open(person, sellers)
    out(f"people: {len(PEOPLE)} accounts")


def _open(person: Person, sellers: list[Producer]) -> None:
    user = User.objects.filter(phone=person.phone).first()
    if user is None:
        user = User.objects.create_user(phone=person.phone, full_name=person.name, password=password())
    if person.role in GROUPS:
        user.groups.add(Group.objects.get(name=person.role))
        if person.role == "administrators" and not user.is_staff:
            user.is_staff = user.is_superuser = True
            user.save(update_fields=["is_staff", "is_superuser"])
    if person.role in ("owner", "staff", "agent") and len(sellers) >= int(person.place):
        consent = {"consent_by": "Ông A Biu, chủ hộ", "consent_note": "Giấy đồng ý ký ngày 02/11/2026"}
        desk.member_add(
            actor=SYSTEM, user=user, producer=sellers[int(person.place) - 1], role=person.role,
            **(consent if person.role == "agent" else {}),
        )  # fmt: skip
    if person.role == "host":
        live.host_open(actor=SYSTEM, user=user, name=person.name, checked=True)


def _rights() -> None:
    """Editors and administrators may enter Wagtail."""
    entry = Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin").first()
    if entry:
        for name in ("editors", "administrators"):
            Group.objects.get(name=name).permissions.add(entry)
