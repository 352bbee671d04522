"""The look-up at /tra-cuu/: codes, numbers, names."""

from datetime import date, timedelta

import pytest

from catalog.certification.models import Certificate
from kernel import clock
from tests.factories import market

pytestmark = pytest.mark.django_db


@pytest.fixture
def coffee():
    return market.product(
        market.seller("HTX Sáu Nhung"), title="Cà phê đặc biệt Sáu Nhung", gtin="09521234000013", registered_name="SN"
    )


def ask(client, text, prefix=""):
    return client.get(f"{prefix}/tra-cuu/", {"q": text})


@pytest.mark.parametrize(
    "text",
    ["cà phê đặc biệt", "ca phe dac biet sau nhung", "CÀ PHÊ ĐẶC BIỆT", "ca\u0300 phe\u0302 dac biet", "9521234000013"],
)
def test_a_name_or_barcode_leads_to_the_product(client, coffee, text):
    answer = ask(client, text)

    assert (answer.status_code, answer["Location"]) == (302, f"/san-pham/{coffee.slug}/")


def test_in_english_it_leads_to_the_english_page(client, coffee):
    assert ask(client, "9521234000013", "/en")["Location"] == f"/en/san-pham/{coffee.slug}/"


def test_a_producer_is_found_by_name_without_accents(client, coffee):
    assert ask(client, "htx sau nhung")["Location"] == f"/nha-san-xuat/{coffee.producer.slug}/"


def test_several_hits_are_listed(client, coffee):
    market.product(title="Cà phê Đăk Rve")

    html = ask(client, "ca phe").content.decode()

    assert "Cà phê Đăk Rve" in html
    assert "Cà phê đặc biệt Sáu Nhung" in html


@pytest.mark.parametrize("number", ["DEMO-2026/0001-SN", "demo-2026/0001-sn", " DEMO-2026 / 0001-SN "])
def test_a_certificate_is_found_whatever_the_case(client, coffee, number):
    Certificate.objects.create(
        product=coffee,
        number="DEMO-2026/0001-SN",
        stars=4,
        state="valid",
        issued_on=clock.today(),
        expires_on=clock.today() + timedelta(days=30),
    )

    url = ask(client, number)["Location"]
    html = client.get(url).content.decode()

    assert url == "/tra-cuu/chung-nhan/DEMO-2026/0001-SN/"
    assert "notice--good" in html
    assert coffee.title in html


@pytest.mark.parametrize(
    ("state", "mark"), [("revoked", "notice--bad"), ("suspended", "notice--warn"), ("expired", "lapsed")]
)
def test_a_certificate_that_does_not_hold_says_so_and_shows_no_plaque(client, coffee, state, mark):
    Certificate.objects.create(
        product=coffee,
        number="DEMO-1",
        stars=3,
        state="valid" if state == "expired" else state,
        issued_on=date(2020, 1, 1),
        expires_on=date(2023, 1, 1) if state == "expired" else clock.today() + timedelta(days=9),
        state_reason="theo quyết định",
    )

    html = client.get("/tra-cuu/chung-nhan/DEMO-1/").content.decode()

    assert mark in html
    assert "ocop--big" not in html


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("https://id.gs1.org/01/09521234000013/10/DM-2610-07", "/01/09521234000013/10/DM-2610-07"),
        ("https://evil.example/01/09521234000013/10/A1?x=//evil", "/01/09521234000013/10/A1"),
        ("(01)09521234000013(10)DM-2610-07", "/01/09521234000013/10/DM-2610-07"),
        ("http://shop.example/en/01/09521234000013", "/01/09521234000013"),
        ("https://shop.example/t/AB12CD", "/t/AB12CD"),
    ],
)
def test_a_scanned_code_leads_to_our_own_page_and_nowhere_else(client, text, path):
    answer = ask(client, text)

    assert (answer.status_code, answer["Location"]) == (302, path)


@pytest.mark.parametrize("text", ["9521234000014", "(01)0952123400001", "https://x.example/01/123/10/A"])
def test_a_malformed_code_is_named_and_kept_in_the_field(client, text):
    answer = ask(client, text)

    assert answer.status_code == 400
    html = answer.content.decode()
    assert 'aria-invalid="true"' in html
    assert f'value="{text}"' in html


@pytest.mark.parametrize(
    "text", ["//evil.example", "javascript:alert(1)", "khong co gi het", "%00", "'; drop", "/" * 50]
)
def test_what_is_unknown_says_so(client, text):
    answer = ask(client, text)

    assert answer.status_code == 404
    assert "notice--warn" in answer.content.decode()


def test_a_text_that_is_too_long_is_refused(client):
    assert ask(client, "a" * 301).status_code == 400


def test_the_empty_page_explains_itself(client):
    answer = client.get("/tra-cuu/")

    assert answer.status_code == 200
    assert not answer.cookies
