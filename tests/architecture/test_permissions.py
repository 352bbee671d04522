"""Every address has a rule; staff addresses turn away everybody they are not for; no GET writes."""

import pytest
from django.test import Client

from config.management.commands.list_urls import addresses

# The doors of people who must be signed in: a guest is sent to sign in, or refused.
STAFF_PREFIXES = ("/ban-hang/", "/van-phong/", "/quay/", "/he-thong/", "/cms/")


def test_every_address_has_a_rule():
    unruled = [f"{a.pattern} ({a.view})" for a in addresses() if not a.rule]

    assert not unruled, "\n".join(unruled)


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", STAFF_PREFIXES)
def test_a_guest_gets_nothing_of_the_staff(prefix):
    answer = Client().get(prefix)

    assert answer.status_code in (302, 403, 404)
    if answer.status_code == 302:
        assert "dang-nhap" in answer["Location"] or "login" in answer["Location"]
