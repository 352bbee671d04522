from datetime import timedelta

import pytest

from kernel import clock
from kernel.actors import GUEST
from marketplace.orders import services
from marketplace.orders.models import Order
from marketplace.orders.quote import Wish, build
from marketplace.vouchers.errors import VoucherUsed
from marketplace.vouchers.models import Voucher, VoucherUse
from tests.factories import market, shopping

pytestmark = pytest.mark.django_db


def _voucher(code="TET2027", **fields):
    now = clock.now()
    dates = {"start_datetime": now - timedelta(days=1), "end_datetime": now + timedelta(days=1)}
    return Voucher.objects.create(name=code, code=code, **{"kind": "percent", "value": 10, **dates, **fields})


def test_a_voucher_comes_off_the_lines_and_is_counted():
    _voucher()

    order = shopping.order((market.product(price=98_000), 1), voucher_code="tet2027")

    assert (order.discount_total, order.grand_total) == (9_800, 98_000 - 9_800 + order.shipping_total)
    assert Voucher.objects.get().uses == 1
    assert VoucherUse.objects.get().order_number == order.number


def test_a_guest_is_bound_by_phone():
    _voucher()
    item = market.product()
    shopping.order((item, 1), voucher_code="TET2027")

    again = build([Wish(item.pk, 1)], voucher_code="TET2027", phone=shopping.BUYER.phone)
    other = build([Wish(item.pk, 1)], voucher_code="TET2027", phone="+84900000000")

    assert (again.voucher, again.voucher_error) == (None, "used")
    assert other.voucher is not None


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"min_goods": 1_000_000}, "small"),
        ({"max_uses": 0}, "used"),
        ({"end_datetime": clock.now() - timedelta(hours=1)}, "over"),
    ],
)
def test_why_a_voucher_does_not_count(fields, error):
    _voucher(**fields)

    quote = build([Wish(market.product().pk, 1)], voucher_code="TET2027")

    assert (quote.voucher_error, quote.sums.discount) == (error, 0)


def test_spirits_are_left_out():
    _voucher()

    quote = build([Wish(market.product(abv_percent="29").pk, 1)], voucher_code="TET2027")

    assert quote.voucher_error == "none"


def test_a_refused_use_leaves_no_order(monkeypatch):
    _voucher(max_uses=1)
    item = market.product(stock=5)
    quote = build([Wish(item.pk, 1)], voucher_code="TET2027")
    Voucher.objects.update(uses=1)
    monkeypatch.setattr("marketplace.orders.services.place.build", lambda *a, **k: quote)

    with pytest.raises(VoucherUsed):
        shopping.order((item, 1), voucher_code="TET2027")

    assert not Order.objects.exists()
    assert item.stocks.get().on_hand == 5


def test_a_cancelled_order_gives_its_use_back():
    _voucher()
    item = market.product(stock=5)
    order = shopping.order((item, 1), voucher_code="TET2027")

    services.cancel(order=order, actor=GUEST)

    assert Voucher.objects.get().uses == 0
    assert shopping.order((item, 1), voucher_code="TET2027").discount_total > 0
