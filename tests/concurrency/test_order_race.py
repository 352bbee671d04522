from datetime import timedelta

import pytest

from kernel import clock
from kernel.actors import GUEST
from marketplace.inventory import selectors as inventory_read
from marketplace.inventory import services as inventory
from marketplace.inventory.errors import SoldOut
from marketplace.inventory.models import Stock
from marketplace.orders import services
from marketplace.orders.models import Order
from marketplace.orders.quote import Wish
from marketplace.payments import services as payments
from marketplace.payments.models import Payment, Receipt, Refund
from marketplace.vouchers.errors import VoucherUsed
from marketplace.vouchers.models import Voucher, VoucherUse
from tests.factories import market, shopping

pytestmark = pytest.mark.concurrency


def _place(item, key, phone="+84905000001", **fields):
    return services.order_place(
        actor=GUEST,
        wishes=[Wish(item.pk, 1)],
        buyer=services.Buyer("Hạnh", phone),
        place=shopping.PLACE,
        method=fields.pop("method", "vietqr"),
        idempotency_key=key,
        **fields,
    )


@pytest.mark.parametrize("seed", [1, 2])
def test_buyers_of_all_channels_share_37_pieces_exactly(at_once, seed):
    item = market.product(stock=37)

    def buy(i):
        if (i + seed) % 3:
            return _place(item, f"web-{i}", phone=f"+8490500{i:04d}", method="cod").pk
        channel = "live" if i % 2 else "pos"
        inventory.reserve(lines=[(item.pk, 1)], key=f"{channel}-{i}", ttl=60, channel=channel)
        return inventory.claim(key=f"{channel}-{i}").pk

    results = at_once(60, buy)

    assert sum(isinstance(r, int) for r in results) == 37, [r for r in results if not isinstance(r, (int, SoldOut))]
    assert sum(isinstance(r, SoldOut) for r in results) == 23
    row = Stock.objects.get()
    assert (row.on_hand, row.held) == (0, 0)
    assert inventory_read.ledger_errors() == []


def test_a_double_press_times_twelve_is_one_order(at_once):
    item = market.product(stock=20)

    results = at_once(12, lambda i: _place(item, "press").number)

    assert len(set(results)) == 1
    assert Order.objects.count() == 1
    assert Stock.objects.get().held == 1


def test_fifty_uses_of_a_single_use_voucher_are_one(at_once):
    now = clock.now()
    Voucher.objects.create(
        name="TET", code="TET", kind="amount", value=5000, max_uses=1, once_per_phone=False,
        start_datetime=now - timedelta(days=1), end_datetime=now + timedelta(days=1),
    )  # fmt: skip
    item = market.product(stock=99)
    full = _place(item, "before").grand_total

    def use(i):
        try:
            return _place(item, f"u{i}", voucher_code="TET", expected_total=full - 5000).discount_total
        except Exception as error:
            return error

    results = at_once(50, use)

    assert results.count(5000) == 1
    assert (Voucher.objects.get().uses, VoucherUse.objects.count()) == (1, 1)
    assert not [r for r in results if isinstance(r, Exception) and getattr(r, "code", "") not in _EXPECTED]


_EXPECTED = {VoucherUsed.code, "total_changed"}


def test_one_notice_from_thirty_threads_is_booked_once(at_once):
    order = _place(market.product(stock=5), "a")

    def pay(i):
        return payments.receipt_add(key="bank:FT1", source="bank", amount=order.grand_total, reference=order.number).pk

    results = at_once(30, pay)

    assert len(set(results)) == 1, results
    assert Payment.objects.get().received == order.grand_total
    assert Order.objects.get().status == "placed"
    assert not Refund.objects.exists()


def test_paying_cancelling_and_running_out_of_time_agree(at_once):
    item = market.product(stock=5)
    order = _place(item, "a")
    Order.objects.update(pay_by=clock.now())

    def act(i):
        if i == 0:
            return payments.receipt_add(key="k", source="bank", amount=order.grand_total, reference=order.number).pk
        return services.cancel(order=order, actor=GUEST) if i == 1 else services.expire_unpaid()

    at_once(3, act)

    order.refresh_from_db()
    kept = Payment.objects.get()
    sold = 1 if order.status == "placed" else 0
    assert Receipt.objects.count() == 1
    assert kept.received - kept.refunded == (order.grand_total if sold else 0)
    assert Stock.objects.get().on_hand == 5 - sold
    assert inventory_read.ledger_errors() == []
