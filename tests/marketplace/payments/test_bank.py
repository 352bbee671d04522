import hashlib
import hmac
import io
import json
import time

import openpyxl
import pytest

from kernel.actors import Actor
from marketplace.accounts.models import User
from marketplace.orders.models import Order
from marketplace.payments import services
from marketplace.payments.bank import amount_from, codes_in, read_statement
from marketplace.payments.errors import AlreadyMatched, BadStatement, RefundTooHigh, SameApprover
from marketplace.payments.models import Payment, Receipt, Refund
from tests.factories import market, shopping

SECRET = "test-only-bank-secret"


@pytest.fixture
def order(db):
    return shopping.order((market.product(stock=5), 1), method="vietqr")


def _clerk(name):
    return Actor(user=User.objects.create(full_name=name), label=name, roles=frozenset({"office"}))


def _notice(client, data, *, secret=SECRET, at=None, body=None):
    body = json.dumps(data).encode() if body is None else body
    stamp = str(int(time.time()) if at is None else at)
    made = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return client.post(
        "/webhooks/bank/",
        body,
        content_type="application/json",
        headers={"x-timestamp": stamp, "x-signature": made},
    )


def test_a_notice_pays_the_order_whose_code_it_carries(client, order):
    content = f"MBVCB.123 {order.number[:6].lower()} {order.number[6:]}.CT tu 0011"

    answer = _notice(client, {"id": "FT1", "amount": order.grand_total, "content": content})

    assert answer.json() == {"outcome": "booked"}
    assert Order.objects.get().status == "placed"


def test_a_notice_counts_once_however_often_it_comes(client, order):
    for _ in range(50):
        _notice(client, {"id": "FT1", "amount": order.grand_total, "content": order.number})

    assert Payment.objects.get().received == order.grand_total
    assert not Refund.objects.exists()


@pytest.mark.parametrize("wrong", [{"secret": "other"}, {"at": 1000}, {"at": 2_000_000_000_000}])
def test_forged_and_stale_notices_are_refused(client, order, wrong):
    answer = _notice(client, {"id": "FT1", "amount": order.grand_total, "content": order.number}, **wrong)

    assert answer.status_code == 403
    assert not Receipt.objects.exists()


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"id": 1}', b'{"id":"a","amount":1.5}', b'{"id":"a","amount":true}']
)
def test_broken_notices_are_said_and_change_nothing(client, db, body):
    assert _notice(client, None, body=body).status_code == 400
    assert not Receipt.objects.exists()


def test_a_transfer_without_a_code_waits_for_two_people(client, order):
    _notice(client, {"id": "FT1", "amount": order.grand_total, "content": "mua hang"})
    receipt = Receipt.objects.get()
    assert receipt.problem == "unidentified"
    one, two = _clerk("An"), _clerk("Bình")

    match = services.match_propose(actor=one, receipt=receipt, payment=Payment.objects.get())
    with pytest.raises(SameApprover):
        services.match_confirm(actor=one, match=match)
    assert Order.objects.get().status == "awaiting_payment"
    services.match_confirm(actor=two, match=match)
    with pytest.raises(AlreadyMatched):
        services.match_confirm(actor=two, match=match)

    assert Order.objects.get().status == "placed"
    assert Payment.objects.get().received == order.grand_total


def test_a_statement_and_a_notice_of_the_same_transfer_count_once(client, order):
    _notice(client, {"id": "FT1", "amount": order.grand_total, "content": order.number})
    text = f"reference;date;amount;content\nFT1;2026-11-24;{order.grand_total};{order.number}\n"

    services.statement_import(actor=_clerk("An"), name="a.csv", data=text.encode(), bank="generic")

    assert Receipt.objects.count() == 1


def test_a_statement_as_a_spreadsheet_of_a_bank(order):
    book = openpyxl.Workbook()
    book.active.append(["NGÂN HÀNG TMCP NGOẠI THƯƠNG"])
    book.active.append(["Số CT", "Ngày giao dịch", "Số tiền ghi nợ", "Số tiền ghi có", "Nội dung chi tiết"])
    book.active.append(["5078-1", "24/11/2026", None, "1.000.000", "tien cho"])
    book.active.append(["5078-2", "24/11/2026", "50.000", None, "phi"])
    book.active.append(["5078-3", "24/11/2026", None, f"{order.grand_total:,}", f"CK {order.number}"])
    book.active.append(["5078-4", "hôm qua", None, "5.000", "x"])
    file = io.BytesIO()
    book.save(file)

    receipts, errors = services.statement_import(
        actor=_clerk("An"), name="sao-ke.xlsx", data=file.getvalue(), bank="vietcombank"
    )

    assert [(r.amount, r.problem) for r in receipts] == [(1_000_000, "unidentified"), (order.grand_total, "")]
    assert [error.row for error in errors] == [6]
    assert Order.objects.get().status == "placed"


def test_a_file_that_is_no_statement_is_said(db):
    with pytest.raises(BadStatement):
        services.statement_import(actor=_clerk("An"), name="a.xlsx", data=b"not a zip", bank="vietcombank")


def test_rows_without_a_reference_count_once_each(db):
    text = "date;amount;content\n2026-11-24;5000;x\n2026-11-24;5000;x\n"

    first, _ = read_statement("a.csv", text.encode(), "generic")
    again, _ = read_statement("a.csv", text.encode(), "generic")

    assert len({credit.key for credit in first}) == 2
    assert [credit.key for credit in first] == [credit.key for credit in again]


@pytest.mark.parametrize(
    ("text", "amount"),
    [("1.234.567", 1234567), ("1,234,567.00", 1234567), ("+50 000 VND", 50000), (1000.0, 1000), ("", None)],
)
def test_amounts_as_banks_write_them(text, amount):
    assert amount_from(text) == amount


@pytest.mark.parametrize("text", ["1.5", "-5", "x", 1.5, "1.23.4"])
def test_amounts_that_are_none(text):
    with pytest.raises(ValueError):
        amount_from(text)


def test_codes_are_found_between_other_words():
    assert codes_in("kt4q7m x2k9p-ck den KT000000000") == ["KT4Q7MX2K9P", "KT000000000"]


def test_never_more_goes_back_than_came(order):
    services.receipt_add(key="a", source="bank", amount=order.grand_total, reference=order.number)
    services.refund_request(reference=order.number, amount=order.grand_total - 1, key="r1", reason="x")

    with pytest.raises(RefundTooHigh):
        services.refund_request(reference=order.number, amount=2, key="r2", reason="x")
    same = services.refund_request(reference=order.number, amount=order.grand_total - 1, key="r1", reason="x")

    assert Refund.objects.get() == same
