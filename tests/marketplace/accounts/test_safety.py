"""Browsers, password and e-mail changes, the second step."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.models import Group
from django.test import Client

from marketplace.accounts.models import SignedInBrowser, User

pytestmark = pytest.mark.django_db
WORD = "dung-roi-99"


@pytest.fixture
def owner():
    return User.objects.create_user(phone="+84905000002", email="a@b.vn", password=WORD)


def enter(client, word=WORD):
    return client.post("/dang-nhap/", {"step": "password", "name": "0905000002", "password": word})


def confirm(client, back="/tai-khoan/"):
    return client.post("/tai-khoan/xac-nhan/", {"step": "password", "password": WORD, "next": back})


def totp(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.mark.parametrize("url", ["/tai-khoan/email/", "/tai-khoan/mat-khau/", "/tai-khoan/hai-lop/"])
def test_changes_ask_who_it_is(client, owner, url):
    enter(client)

    reply = client.post(url, {"email": "thief@evil.vn", "password": "other-word-1", "code": "1"})

    assert reply.status_code == 302 and reply["Location"].startswith("/tai-khoan/xac-nhan/")
    owner.refresh_from_db()
    assert owner.email == "a@b.vn" and owner.check_password(WORD)


def test_email_changes_after_confirmation(client, owner):
    enter(client)
    confirm(client)

    client.post("/tai-khoan/email/", {"email": "Moi@b.vn"})

    owner.refresh_from_db()
    assert owner.email == "moi@b.vn"


def test_an_email_of_somebody_else_is_refused(client, owner):
    User.objects.create_user(email="ai@b.vn")
    enter(client)
    confirm(client)

    assert client.post("/tai-khoan/email/", {"email": "ai@b.vn"}).status_code == 422
    owner.refresh_from_db()
    assert owner.email == "a@b.vn"


def test_a_new_password_ends_the_other_browsers(client, owner):
    other = Client()
    enter(other)
    enter(client)
    confirm(client)

    client.post("/tai-khoan/mat-khau/", {"password": "mat-khau-moi-1"})

    assert client.get("/tai-khoan/").status_code == 200
    assert other.get("/tai-khoan/").status_code == 302
    assert SignedInBrowser.objects.count() == 1


def test_a_browser_can_be_signed_out_from_another(client, owner):
    other = Client()
    enter(other)
    enter(client)
    row = SignedInBrowser.objects.get(session_key=other.session.session_key)

    client.post(f"/tai-khoan/phien/{row.pk}/thoat/")

    assert other.get("/tai-khoan/").status_code == 302
    assert client.get("/tai-khoan/phien/").status_code == 200


def test_somebody_elses_browser_is_a_404(client, owner):
    stranger = User.objects.create_user(phone="+84905000009")
    row = SignedInBrowser.objects.create(user=stranger, session_key="x")
    enter(client)

    assert client.post(f"/tai-khoan/phien/{row.pk}/thoat/").status_code == 404
    assert SignedInBrowser.objects.filter(pk=row.pk).exists()


def turn_on(client):
    enter(client)
    confirm(client)
    page = client.get("/tai-khoan/hai-lop/")
    secret = page.context["secret"]
    done = client.post("/tai-khoan/hai-lop/", {"code": totp(secret)})
    return secret, done


def test_second_step_stands_between_password_and_account(client, owner):
    _, done = turn_on(client)
    recovery = done.context["codes"][0]
    visitor = Client()

    assert enter(visitor)["Location"] == "/dang-nhap/buoc-hai/"
    assert visitor.get("/tai-khoan/").status_code == 302
    assert visitor.post("/dang-nhap/buoc-hai/", {"code": "000000"}).status_code == 422
    assert visitor.post("/dang-nhap/buoc-hai/", {"code": recovery}).status_code == 302
    assert visitor.get("/tai-khoan/").status_code == 200


def test_a_recovery_code_works_once(client, owner):
    _, done = turn_on(client)
    recovery = done.context["codes"][0]
    for expected in (302, 422):
        visitor = Client()
        enter(visitor)
        assert visitor.post("/dang-nhap/buoc-hai/", {"code": recovery}).status_code == expected


@pytest.mark.parametrize("group", ["office", "administrators"])
def test_outside_the_demo_the_office_must_have_a_second_step(client, owner, settings, group):
    owner.groups.add(Group.objects.create(name=group))
    client.force_login(owner)

    assert client.get("/he-thong/").get("Location", "") != "/tai-khoan/hai-lop/"
    settings.DEMO = False
    assert client.get("/he-thong/")["Location"] == "/tai-khoan/hai-lop/"


@pytest.mark.parametrize("url", ["/cms/login/", "/he-thong/login/", "/he-thong/django/login/"])
def test_there_is_one_sign_in_page(client, url):
    assert client.get(url)["Location"].startswith("/dang-nhap/")
