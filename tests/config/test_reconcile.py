import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from kernel import clock
from kernel.outbox.models import OutboxMessage
from marketplace.inventory import services as inventory
from marketplace.inventory.models import Hold, Stock
from marketplace.orders.models import Order
from marketplace.payments.models import Payment, Refund
from tests.factories import market, shopping

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_file(settings, tmp_path):
    settings.SMS_FILE = str(tmp_path / "sms.log")


def _reconcile():
    out = StringIO()
    try:
        call_command("reconcile", "--json", stdout=out)
    except SystemExit:
        pass
    return json.loads(out.getvalue())


def test_a_healthy_shop_is_left_alone_and_letters_go_out():
    shopping.order((market.product(), 1))

    first, second = _reconcile(), _reconcile()

    assert first["ok"]
    assert first["healed"]["outbox_sent"] == 2
    assert not any(second["healed"].values())


def test_money_that_came_before_the_crash_places_the_order():
    order = shopping.order((market.product(stock=5), 2), method="vietqr")
    Payment.objects.update(received=order.grand_total)

    assert _reconcile()["healed"]["paid"] == 1

    assert Order.objects.get().status == "placed"
    assert Stock.objects.get().on_hand == 3


def test_money_of_a_cancelled_order_goes_back():
    order = shopping.order((market.product(stock=5), 2), method="vietqr")
    Order.objects.update(status="cancelled", cancelled_total=order.grand_total)
    Payment.objects.update(received=order.grand_total)

    _reconcile()

    assert Refund.objects.get().amount == order.grand_total
    assert Hold.objects.get().state == "released"


def test_overdue_orders_and_holds_end(monkeypatch):
    item = market.product(stock=5)
    shopping.order((item, 2), method="vietqr")
    inventory.reserve(lines=[(item.pk, 1)], key="live", ttl=60, channel="live")
    later = clock.now() + timedelta(hours=2)
    monkeypatch.setattr(clock, "now", lambda: later)

    healed = _reconcile()["healed"]

    assert (healed["unpaid_ended"], healed["holds_expired"]) == (1, 1)
    assert Stock.objects.get().held == 0


def test_letters_that_were_given_up_are_tried_anew():
    shopping.order((market.product(), 1))
    OutboxMessage.objects.update(state="failed", attempts=12)

    healed = _reconcile()["healed"]

    assert (healed["outbox_revived"], healed["outbox_sent"]) == (2, 2)


def test_a_ledger_that_does_not_add_up_is_named():
    item = market.product(stock=5)
    Stock.objects.filter(product=item).update(on_hand=6)

    report = _reconcile()

    assert not report["ok"]
    assert report["problems"] == [f"stock: stock {Stock.objects.get().pk}: 6/0, moves say 5/0"]
