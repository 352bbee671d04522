from datetime import timedelta

import pytest

from kernel import clock
from kernel.actors import GUEST, SYSTEM
from marketplace.inventory import selectors as inventory_read
from marketplace.inventory.models import Stock
from marketplace.orders import selectors, services
from marketplace.orders.errors import OrderMoved, OrderNotFound, TooLateToCancel
from marketplace.orders.models import Order, OrderEvent, Parcel
from marketplace.payments import services as payments
from marketplace.payments.models import CodEntry, Payment, Refund
from tests.factories import market, shopping

pytestmark = pytest.mark.django_db


def _pay(order, amount=None, key="bank-1"):
    return payments.receipt_add(
        key=key, source="bank", amount=order.grand_total if amount is None else amount, reference=order.number
    )


def _fresh(order):
    return Order.objects.get(pk=order.pk)


def test_the_whole_way_to_the_buyer():
    order = shopping.order((market.product(), 2))
    part = order.seller_orders.get()

    services.seller_order_accept(part=part, actor=SYSTEM)
    services.seller_order_pack(part=part, actor=SYSTEM)
    services.seller_order_hand_over(part=part, actor=SYSTEM, carrier="VNPost", tracking_code="VN1")
    services.seller_order_deliver(part=part, actor=SYSTEM)

    order = _fresh(order)
    assert order.status == "completed"
    assert set(order.lines.values_list("status", flat=True)) == {"delivered"}
    assert Parcel.objects.get().state == "delivered"
    assert CodEntry.objects.get().state == "collected"
    assert Payment.objects.get().received == order.grand_total
    seller_steps = OrderEvent.objects.filter(order=order, subject="seller").values_list("new", flat=True)
    assert list(seller_steps) == ["accepted", "packed", "shipped", "delivered"]


def test_steps_out_of_order_are_refused_and_change_nothing():
    part = shopping.order((market.product(), 1)).seller_orders.get()

    with pytest.raises(OrderMoved):
        services.seller_order_hand_over(part=part, actor=SYSTEM)

    part.refresh_from_db()
    assert part.state == "placed"
    assert not Parcel.objects.exists()


def test_a_seller_does_not_get_unpaid_orders():
    order = shopping.order((market.product(), 1), method="vietqr")
    part = order.seller_orders.get()

    assert not selectors.seller_orders_of(part.partner_id).exists()
    with pytest.raises(OrderMoved):
        services.seller_order_accept(part=part, actor=SYSTEM)
    _pay(order)
    assert selectors.seller_orders_of(part.partner_id).get().pk == part.pk


def test_another_sellers_part_looks_like_none():
    order = shopping.order((market.product(), 1), (market.product(), 1))
    one, two = order.seller_orders.all()

    with pytest.raises(OrderNotFound):
        selectors.seller_order_get(one.partner_id, two.number)


def test_the_money_places_the_order_once():
    item = market.product(stock=5)
    order = shopping.order((item, 2), method="vietqr")

    _pay(order)
    _pay(order)

    assert _fresh(order).status == "placed"
    assert Stock.objects.get(product=item).on_hand == 3
    assert Payment.objects.get().received == order.grand_total


def test_too_little_money_waits_for_the_rest():
    order = shopping.order((market.product(), 1), method="vietqr")

    assert _pay(order, order.grand_total - 1000, "a").problem == "short"
    assert _fresh(order).status == "awaiting_payment"
    _pay(order, 1000, "b")

    assert _fresh(order).status == "placed"


def test_too_much_money_goes_back_by_itself():
    order = shopping.order((market.product(), 1), method="vietqr")

    assert _pay(order, order.grand_total + 5000).problem == "over"

    assert Refund.objects.get().amount == 5000
    assert _fresh(order).status == "placed"


def test_money_a_second_time_goes_back():
    order = shopping.order((market.product(), 1), method="vietqr")
    _pay(order)

    assert _pay(order, key="bank-2").problem == "double"

    assert Refund.objects.get().amount == order.grand_total


def test_money_after_the_time_still_buys_what_is_there(monkeypatch):
    item = market.product(stock=1)
    order = shopping.order((item, 1), method="vietqr")
    later = clock.now() + timedelta(hours=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    from marketplace.inventory import services as inventory

    inventory.expire_due()
    _pay(order)

    assert _fresh(order).status == "placed"
    assert Stock.objects.get(product=item).on_hand == 0


def test_sold_out_after_the_money_came_goes_back_and_is_said(monkeypatch):
    item = market.product(stock=1)
    order = shopping.order((item, 1), method="vietqr")
    later = clock.now() + timedelta(hours=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    rival = shopping.order((item, 1), idempotency_key="rival")

    _pay(order)

    order = _fresh(order)
    assert (order.status, order.cancel_reason) == ("cancelled", "sold_out")
    assert Refund.objects.get().amount == order.grand_total
    assert _fresh(rival).status == "placed"


def test_unpaid_orders_end_and_late_money_goes_back(monkeypatch):
    item = market.product(stock=3)
    order = shopping.order((item, 2), method="vietqr")
    later = clock.now() + timedelta(hours=1)
    monkeypatch.setattr(clock, "now", lambda: later)

    assert services.expire_unpaid() == 1
    assert services.expire_unpaid() == 0
    assert _pay(order).problem == "late"

    assert _fresh(order).status == "cancelled"
    assert Refund.objects.get().amount == order.grand_total
    assert inventory_read.available([item.pk]) == {item.pk: 3}


def test_the_buyer_cancels_until_it_is_packed():
    one, two = market.product(stock=5), market.product(stock=5)
    order = shopping.order((one, 2), (two, 1))
    first, second = order.seller_orders.all()
    services.seller_order_pack(part=first, actor=SYSTEM)

    services.cancel(order=order, actor=GUEST, reason="đổi ý")

    second.refresh_from_db()
    first.refresh_from_db()
    order = _fresh(order)
    assert (first.state, second.state, order.status) == ("packed", "cancelled", "placed")
    assert order.to_pay == first.total
    assert inventory_read.available([one.pk, two.pk]) == {one.pk: 3, two.pk: 5}
    with pytest.raises(TooLateToCancel):
        services.cancel(order=order, actor=GUEST)


def test_cancelling_a_paid_order_gives_all_money_back():
    order = shopping.order((market.product(), 1), (market.product(), 1), method="vietqr")
    _pay(order)

    services.cancel(order=order, actor=GUEST)

    assert _fresh(order).status == "cancelled"
    assert sum(Refund.objects.values_list("amount", flat=True)) == order.grand_total
    assert Payment.objects.get().state == "refunded"


def test_a_line_is_cancelled_with_its_goods_and_its_money():
    item, other = market.product(stock=5), market.product(stock=5)
    order = shopping.order((item, 2), (other, 1), method="vietqr")
    _pay(order)
    line = order.lines.get(product=item)

    services.line_cancel(line=line, actor=GUEST)

    order = _fresh(order)
    fee = order.seller_orders.first().shipping_fee
    assert Refund.objects.get().amount == line.total + fee
    assert inventory_read.available([item.pk]) == {item.pk: 5}
    assert order.to_pay == order.grand_total - line.total - fee


def test_a_declined_part_leaves_the_others():
    order = shopping.order((market.product(), 1), (market.product(), 1))
    first, second = order.seller_orders.all()

    services.seller_order_decline(part=first, actor=SYSTEM, reason="hết vụ")

    assert _fresh(order).status == "placed"
    assert _fresh(order).to_pay == second.total
    assert CodEntry.objects.get(reference=first.number).state == "refused"


def test_a_refused_parcel_goes_back_to_the_right_shelf():
    item = market.product(stock=5)
    order = shopping.order((item, 2))
    part = order.seller_orders.get()
    services.seller_order_pack(part=part, actor=SYSTEM)
    services.seller_order_hand_over(part=part, actor=SYSTEM)

    services.seller_order_refuse(part=part, actor=SYSTEM, reason="khách vắng")
    assert inventory_read.available([item.pk]) == {item.pk: 3}
    services.seller_order_return(part=part, actor=SYSTEM)

    assert _fresh(order).status == "cancelled"
    assert inventory_read.available([item.pk]) == {item.pk: 5}
    assert CodEntry.objects.get().state == "refused"
    assert inventory_read.ledger_errors() == []


def test_carriers_notices_may_come_twice_and_late():
    order = shopping.order((market.product(), 1))
    part = order.seller_orders.get()
    services.seller_order_pack(part=part, actor=SYSTEM)
    services.seller_order_hand_over(part=part, actor=SYSTEM)
    parcel = Parcel.objects.get()

    for state in ("out", "in_transit", "delivered", "delivered", "out"):
        services.parcel_move(parcel=Parcel.objects.get(pk=parcel.pk), state=state)

    assert Parcel.objects.get().state == "delivered"
    assert _fresh(order).status == "completed"


def test_a_link_opens_only_with_its_key_and_for_its_time(monkeypatch):
    order = shopping.order((market.product(), 1))

    assert selectors.order_by_link(order.number.lower(), order.access_key).pk == order.pk
    with pytest.raises(OrderNotFound):
        selectors.order_by_link(order.number, "wrong")
    later = clock.now() + timedelta(days=61)
    monkeypatch.setattr(clock, "now", lambda: later)
    with pytest.raises(OrderNotFound):
        selectors.order_by_link(order.number, order.access_key)


def test_a_seller_sees_the_buyer_until_it_is_over(monkeypatch):
    order = shopping.order((market.product(), 1))
    part = order.seller_orders.select_related("order").get()
    assert selectors.buyer_for_seller(part).phone == "+84905123456"
    services.seller_order_pack(part=part, actor=SYSTEM)
    services.seller_order_deliver(part=part, actor=SYSTEM, picked_up=True)

    later = clock.now() + timedelta(days=31)
    monkeypatch.setattr(clock, "now", lambda: later)
    part.refresh_from_db()
    view = selectors.buyer_for_seller(part)

    assert (view.name, view.street, view.is_masked) == ("N. T. Hạnh", "", True)
    assert "905123" not in view.phone


def test_the_address_changes_until_something_is_packed():
    order = shopping.order((market.product(), 1))
    other = services.Place(commune_code="23425", province_code="51", text="Xã Tu Mơ Rông", street="Thôn 2")

    services.address_change(order=order, actor=GUEST, buyer=shopping.BUYER, place=other)
    assert _fresh(order).street == "Thôn 2"
    services.seller_order_pack(part=order.seller_orders.get(), actor=SYSTEM)

    with pytest.raises(TooLateToCancel):
        services.address_change(order=order, actor=GUEST, buyer=shopping.BUYER, place=shopping.PLACE)


def test_cancelled_cash_orders_no_longer_count_against_the_phone(settings):
    settings.COD_OPEN_LIMIT = 1
    item = market.product(stock=5)
    services.cancel(order=shopping.order((item, 1)), actor=GUEST)

    assert shopping.order((item, 1)).status == "placed"
