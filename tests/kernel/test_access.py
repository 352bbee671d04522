"""The decorators that say who may open an address."""

import json

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.http import HttpResponse

from kernel.access import guarded, public, role, signed_in
from kernel.errors import NotPermitted
from marketplace.accounts.models import User


def answer(request):
    return HttpResponse("in")


def asked(rf, user, path="/van-phong/?a=1", method="get", **headers):
    request = getattr(rf, method)(path, **headers)
    request.user = user
    return request


def test_a_public_view_is_only_marked():
    assert public(answer) is answer and answer.access_rule == "public"


def test_a_guest_is_sent_to_sign_in_with_the_way_back(rf):
    reply = signed_in(answer)(asked(rf, AnonymousUser()))

    assert reply.status_code == 302 and reply["Location"] == "/dang-nhap/?next=/van-phong/%3Fa%3D1"


def test_a_machine_without_a_session_gets_401(rf):
    reply = signed_in(answer)(asked(rf, AnonymousUser(), path="/api/v1/pos/sales", method="post"))

    assert reply.status_code == 401 and json.loads(reply.content)["code"] == "not_signed_in"


@pytest.mark.django_db
def test_a_role_opens_to_its_group_only(rf):
    office = User.objects.create_user(phone="+84905000001")
    office.groups.add(Group.objects.create(name="office"))
    stranger = User.objects.create_user(phone="+84905000002")
    view = role("office")(answer)

    assert view.access_rule == "role:office"
    assert view(asked(rf, office)).content == b"in"
    with pytest.raises(NotPermitted):
        view(asked(rf, stranger))


@pytest.mark.django_db
def test_pages_behind_a_door_are_not_kept_by_anybody(rf):
    user = User.objects.create_user(phone="+84905000003")

    reply = guarded("x", lambda request: True)(answer)(asked(rf, user))

    assert reply["Cache-Control"] == "private, no-store"
