"""People for tests of staff pages: a signed-in browser for a buyer, a producer's owner, somebody of the office."""

import itertools
from typing import Any

from django.contrib.auth.models import Group
from django.test import Client

from marketplace.accounts.models import User
from marketplace.desk.models import ProducerMember
from marketplace.sellers.models import Partner

_number = itertools.count(1)


def person(**fields: Any) -> User:
    n = next(_number)
    fields.setdefault("phone", f"+8490600{n:04d}")
    fields.setdefault("full_name", f"Người số {n}")
    return User.objects.create_user(**fields)


def owner_of(partner: Partner) -> User:
    user = person()
    ProducerMember.objects.create(user=user, producer=partner.producer, role="owner")
    return user


def officer() -> User:
    user = person()
    user.groups.add(Group.objects.get_or_create(name="office")[0])
    return user


def browser(user: User | None = None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client
