"""Signing in by phone code or password, and the brakes on guessing."""

import re

import pytest

from kernel.outbox.models import OutboxMessage
from marketplace.accounts import services
from marketplace.accounts.domain import code_of
from marketplace.accounts.models import SignedInBrowser, SignInCode, User

pytestmark = pytest.mark.django_db
URL = "/dang-nhap/"


def shown_code(reply):
    return re.search(r"data-demo-code>(\d{6})<", reply.content.decode()).group(1)


def key_of(reply):
    return reply.context["code_form"]["key"].value()


def ask(client, phone="0905 000 001", **extra):
    return client.post(URL, {"step": "phone", "phone": phone, **extra})


def test_a_new_number_becomes_a_buyer(client):
    page = ask(client)

    reply = client.post(URL, {"step": "code", "key": key_of(page), "code": shown_code(page)})

    assert reply.status_code == 302 and reply["Location"] == "/tai-khoan/"
    assert User.objects.get().phone == "+84905000001"
    assert client.get("/tai-khoan/").status_code == 200


def test_the_demo_sends_the_code_nowhere_but_to_the_page(client):
    ask(client)

    assert OutboxMessage.objects.count() == 0


def test_without_demo_the_code_goes_by_message_only_and_the_queue_holds_no_digits(client, settings, tmp_path):
    settings.DEMO, settings.OUTBOX_DIR = False, tmp_path
    page = ask(client)
    code = SignInCode.objects.get()
    digits = code_of(settings.SECRET_KEY, code.key, code.phone)

    from kernel.outbox.services import deliver_due

    assert digits not in page.content.decode()
    assert digits not in str(OutboxMessage.objects.get().payload)
    assert deliver_due() == 1
    assert digits in (tmp_path / "sms.log").read_text()


def test_a_wrong_code_is_refused_and_five_wrong_ones_kill_the_right_one(client):
    page = ask(client)
    right = shown_code(page)
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(services.CODE_TRIES):
        assert client.post(URL, {"step": "code", "key": key_of(page), "code": wrong}).status_code == 422

    reply = client.post(URL, {"step": "code", "key": key_of(page), "code": right})

    assert reply.status_code == 422 and User.objects.count() == 0


def test_a_code_works_once(client):
    page = ask(client)
    given = {"step": "code", "key": key_of(page), "code": shown_code(page)}
    client.post(URL, given)
    client.post("/dang-xuat/")

    assert client.post(URL, given).status_code == 422


def test_codes_are_limited_per_phone_and_address(client, settings):
    settings.RATE_LIMITS = True
    for _ in range(3):
        assert ask(client).status_code == 200

    assert ask(client).status_code == 429
    assert client.post(URL, {"step": "phone", "phone": "0905000001"}, REMOTE_ADDR="10.0.0.9").status_code == 200


def test_a_short_number_is_explained(client):
    reply = ask(client, phone="090500001")

    assert reply.status_code == 422 and "9" in reply.content.decode()


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_next_never_leads_away(client, target):
    page = ask(client, next=target)

    given = {"step": "code", "key": key_of(page), "code": shown_code(page), "next": target}
    assert client.post(URL, given)["Location"] == "/tai-khoan/"


def test_next_leads_on_within_the_shop(client):
    page = ask(client)

    given = {"step": "code", "key": key_of(page), "code": shown_code(page), "next": "/thanh-toan/"}
    assert client.post(URL, given)["Location"] == "/thanh-toan/"


def password(client, name, word, **extra):
    return client.post(URL, {"step": "password", "name": name, "password": word}, **extra)


@pytest.fixture
def owner():
    return User.objects.create_user(phone="+84905000002", email="a@b.vn", password="dung-roi-99")


@pytest.mark.parametrize("name", ["0905000002", "+84 905 000 002", "A@b.vn"])
def test_password_takes_phone_or_email(client, owner, name):
    assert password(client, name, "dung-roi-99").status_code == 302


def test_ten_wrong_passwords_are_braked_and_the_owner_still_gets_in_elsewhere(client, owner, settings):
    settings.AXES_ENABLED = True
    answers = [password(client, "0905000002", f"sai-{i}", REMOTE_ADDR="10.0.0.1").status_code for i in range(10)]

    assert answers[0] == 422 and answers[-1] == 429
    assert password(client, "+84905000002", "dung-roi-99", REMOTE_ADDR="10.0.0.1").status_code == 429
    assert password(client, "0905000002", "dung-roi-99", REMOTE_ADDR="10.0.0.2").status_code == 302


def test_signing_out_takes_a_post(client, owner):
    client.force_login(owner)

    assert client.get("/dang-xuat/").status_code == 405
    client.post("/dang-xuat/")
    assert client.get("/tai-khoan/").status_code == 302


def test_the_page_never_lets_a_cache_keep_it(client):
    assert "no-store" in client.get(URL)["Cache-Control"]


def test_english_page(client):
    assert client.get("/en/dang-nhap/").status_code == 200


def test_a_sign_in_is_listed(client, owner):
    password(client, "0905000002", "dung-roi-99")

    assert SignedInBrowser.objects.get().user == owner
