import hashlib
import hmac
import json

import pytest
from django.contrib.auth.signals import user_logged_in

from kernel.actors import SYSTEM
from marketplace.accounts.models import User
from marketplace.inventory import selectors as inventory_read
from marketplace.inventory import services as inventory
from marketplace.inventory.errors import SoldOut
from marketplace.inventory.models import StockMove
from marketplace.orders import services
from marketplace.orders.errors import OrderMoved
from marketplace.orders.models import LineLot, Order, Parcel
from marketplace.orders.quote import Wish
from marketplace.payments.models import Payment
from marketplace.settlement.selectors import balance
from tests.factories import market, shopping

pytestmark = pytest.mark.django_db


@pytest.fixture
def counter():
    return inventory.location_create(actor=SYSTEM, name="Quầy", kind="showroom", sells_online=False)


def _sell(item, counter, quantity=1, key="sale-1", **fields):
    return services.counter_sale(
        actor=SYSTEM,
        wishes=[Wish(item.pk, quantity)],
        key=key,
        location_id=counter.pk,
        point_code="quay",
        point_name="Quầy",
        **fields,
    )


def test_a_sale_over_the_counter_is_done_at_once(counter):
    item = market.product(stock=3, price=50_000)
    inventory.transfer(
        actor=SYSTEM, product_id=item.pk, from_id=item.stocks.get().location_id, to_id=counter.pk, quantity=2
    )

    order = _sell(item, counter)
    again = _sell(item, counter)

    assert order.pk == again.pk
    assert (order.status, order.shipping_total, order.grand_total) == ("completed", 0, 50_000)
    assert Payment.objects.get().received == 50_000
    assert inventory_read.available([item.pk], "pos", location_id=counter.pk) == {item.pk: 1}
    assert balance(order.seller_orders.get().partner_id) == 46_000


def test_the_till_refuses_or_books_a_shortage(counter):
    item = market.product(stock=0)

    with pytest.raises(SoldOut):
        _sell(item, counter, 2)
    _sell(item, counter, 2, key="offline-1", allow_shortage=True)

    assert Order.objects.get().status == "completed"
    assert StockMove.objects.filter(reason="shortage").get().on_hand_delta == 2
    assert inventory_read.ledger_errors() == []


def test_parts_with_a_held_lot_are_not_sent():
    order = shopping.order((market.product(), 1))
    part = order.seller_orders.get()
    services.seller_order_pack(part=part, actor=SYSTEM)
    LineLot.objects.create(line=part.lines.get(), lot_code="A1", gtin="09520000000015", quantity=1)

    assert services.orders_hold_for_lot(gtin="09520000000015", lot_code="A1") == 1
    part.refresh_from_db()
    with pytest.raises(OrderMoved):
        services.seller_order_hand_over(part=part, actor=SYSTEM)
    services.orders_unhold_for_lot(gtin="09520000000015", lot_code="A1")
    part.refresh_from_db()
    services.seller_order_hand_over(part=part, actor=SYSTEM)

    assert part.state == "shipped"


def test_an_account_collects_the_orders_of_its_proven_phone(rf):
    order = shopping.order((market.product(), 1))
    other = shopping.order((market.product(), 1), buyer=services.Buyer("Khác", "+84900000009"))
    user = User.objects.create(phone=shopping.BUYER.phone)

    user_logged_in.send(sender=User, request=None, user=user)

    assert Order.objects.get(user=user).pk == order.pk
    assert Order.objects.get(pk=other.pk).user is None


def test_a_signed_notice_of_the_carrier_moves_the_parcel(client):
    order = shopping.order((market.product(), 1))
    part = order.seller_orders.get()
    services.seller_order_pack(part=part, actor=SYSTEM)
    services.seller_order_hand_over(part=part, actor=SYSTEM, carrier="X", tracking_code="T1")

    def send(data, secret="test-only-carrier-secret"):
        body = json.dumps(data).encode()
        made = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        return client.post("/webhooks/carrier/", body, content_type="application/json", headers={"x-signature": made})

    assert send({"tracking_code": "T1", "status": "delivered"}, secret="x").status_code == 403
    assert send({"tracking_code": "T1", "status": "teleported"}).json() == {"outcome": "unknown_status"}
    assert send({"tracking_code": "??", "status": "delivered"}).json() == {"outcome": "nothing"}
    assert send({"tracking_code": "T1", "status": "delivering"}).json() == {"outcome": "moved"}
    assert send({"tracking_code": "T1", "status": "delivered"}).json() == {"outcome": "moved"}

    assert Parcel.objects.get().state == "delivered"
    assert Order.objects.get().status == "completed"
