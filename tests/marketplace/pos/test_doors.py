import json

import pytest

from marketplace.pos.domain import read_scan
from marketplace.pos.models import Sale
from tests.factories import doors, market

pytestmark = pytest.mark.django_db


def _send(client, **body):
    body = {"key": "bill-0001", "payment": "cash", **body}
    return client.post("/api/v1/pos/sales", json.dumps(body), content_type="application/json")


def test_the_till_sends_a_bill_and_sends_it_again(client, clerk, counter, shift):
    item = market.product(stock=0, price=98_000)
    doors.bring(counter, item, 3)
    client.force_login(clerk)
    bill = {"lines": [{"product": item.pk, "quantity": 1}], "cash_given": 100_000, "point": counter.slug}

    first, second = _send(client, **bill), _send(client, **bill)

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert (first.json()["total"], first.json()["change"]) == (98_000, 2_000)
    assert Sale.objects.count() == 1


def test_a_bill_of_a_counter_that_is_not_mine_is_not_booked_at_mine(client, clerk, counter, shift):
    item = market.product(stock=0)
    doors.bring(counter, item, 3)
    client.force_login(clerk)

    answer = _send(client, lines=[{"product": item.pk, "quantity": 1}], point=doors.point().slug)

    assert answer.status_code == 404
    assert not Sale.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        {"key": "short", "lines": [{"product": 1, "quantity": 1}]},
        {"lines": []},
        {"lines": "all"},
        {"lines": [{"product": 1, "quantity": 0}]},
        {"lines": [{"product": 1, "quantity": True}]},
        {"lines": [{"product": 1, "quantity": 1, "lot": 5}]},
        {"lines": [{"product": 1, "quantity": 1}], "payment": "card"},
        {"lines": [{"product": 1, "quantity": 1}], "cash_given": -1},
    ],
)
def test_a_bill_that_makes_no_sense_is_refused(body, client, clerk, shift):
    client.force_login(clerk)

    assert _send(client, **body).status_code == 400
    assert not Sale.objects.exists()


def test_guests_and_buyers_do_not_come_behind_the_counter(client, counter, shift):
    assert client.get("/quay/").status_code == 302
    assert _send(client, lines=[]).status_code == 401

    client.force_login(doors.person("Người mua"))

    assert client.get("/quay/").status_code == 403
    assert client.post("/quay/ngay/dong/", {"counted_cash": "1"}).status_code == 403
    assert _send(client, lines=[]).status_code == 403


def test_another_counters_receipt_is_not_there(client, counter, shift, sell):
    item = market.product(stock=0)
    doors.bring(counter, item, 1)
    number = sell((item, 1)).number
    client.force_login(doors.clerk(doors.point()))

    assert client.get(f"/quay/hoa-don/{number}/").status_code == 404
    assert client.post(f"/quay/hoa-don/{number}/tra/", {"partner": "1"}).status_code == 404
    assert client.post(f"/quay/hoa-don/{number}/da-nhan-tien/", {"seen": "1"}).status_code == 404


def test_the_day_from_the_open_drawer_to_the_receipt_without_script(client, clerk, counter):
    item = market.product(stock=0, price=98_000, title="Cà phê Đăk Mar")
    doors.bring(counter, item, 3)
    client.force_login(clerk)

    client.post("/quay/ngay/mo/", {"float_cash": "500.000"})
    assert "Cà phê Đăk Mar" in client.get("/quay/").content.decode()
    answer = client.post("/quay/ban/", {f"q-{item.pk}": "1", "payment": "cash", "cash_given": "100.000", "key": "k-1"})
    page = client.get(answer["Location"]).content.decode()
    client.post("/quay/ngay/dong/", {"counted_cash": "598.000"})

    assert "98.000" in page and "2.000" in page
    assert Sale.objects.get().shift.difference == 0
    assert client.get("/quay/ngay/").status_code == 200


@pytest.mark.parametrize("sum_", ["-5", "năm trăm", "9999999999", "1e3"])
def test_a_drawer_is_counted_in_whole_numbers(sum_, client, clerk, counter):
    client.force_login(clerk)

    assert client.post("/quay/ngay/mo/", {"float_cash": sum_}).status_code == 422


def test_codes_of_any_kind_are_read():
    assert read_scan("9521234000013").gtin == "09521234000013"
    found = read_scan("https://vidu.vn/01/09521234000013/10/DM-2610-07")
    assert (found.gtin, found.lot) == ("09521234000013", "DM-2610-07")
    assert read_scan("https://vidu.vn/t/AB12CD").short == "AB12CD"
    assert read_scan("9521234000014") is None
    assert read_scan("javascript:alert(1)") is None
