import pytest

from kernel.outbox.models import OutboxMessage
from marketplace.inventory import selectors as inventory
from marketplace.inventory.errors import SoldOut
from marketplace.inventory.models import Stock
from marketplace.orders.errors import AdultsOnly, NotForSale, TotalChanged
from marketplace.orders.models import Line, Order
from marketplace.orders.quote import Wish, build
from marketplace.payments.errors import CodTooHigh, CodTooMany
from marketplace.payments.models import CodEntry, Payment
from tests.factories import market, shopping

pytestmark = pytest.mark.django_db


def test_cash_on_delivery_is_placed_at_once_and_leaves_the_stock():
    item = market.product(stock=5, price=98_000)

    order = shopping.order((item, 2))

    assert order.status == "placed"
    assert (order.goods_total, order.shipping_total, order.grand_total) == (196_000, 20_500, 216_500)
    assert Stock.objects.get(product=item).on_hand == 3
    part = order.seller_orders.get()
    assert part.placed_at is not None
    assert CodEntry.objects.get(reference=part.number).amount == 216_500


def test_a_transfer_waits_for_the_money_and_holds_the_goods():
    item = market.product(stock=5)

    order = shopping.order((item, 2), method="vietqr")

    row = Stock.objects.get(product=item)
    assert order.status == "awaiting_payment"
    assert (row.on_hand, row.held) == (5, 2)
    assert order.seller_orders.get().placed_at is None
    assert Payment.objects.get(reference=order.number).amount == order.grand_total


def test_the_same_key_gives_the_first_order():
    item = market.product(stock=5)

    first = shopping.order((item, 1), idempotency_key="press")
    second = shopping.order((item, 1), idempotency_key="press")

    assert first.pk == second.pk
    assert Stock.objects.get(product=item).on_hand == 4


def test_sold_out_leaves_nothing_behind():
    item, other = market.product(stock=1), market.product(stock=5)

    with pytest.raises(SoldOut) as refusal:
        shopping.order((other, 1), (item, 2))

    assert refusal.value.params["product_id"] == item.pk
    assert not Order.objects.exists()
    assert not Payment.objects.exists()
    assert not OutboxMessage.objects.exists()
    assert inventory.available([other.pk]) == {other.pk: 5}


def test_each_seller_has_a_part_with_only_his_lines():
    one, two = market.product(), market.product()

    order = shopping.order((one, 1), (two, 3))

    parts = list(order.seller_orders.all())
    assert [[line.product_id for line in part.lines.all()] for part in parts] == [[one.pk], [two.pk]]
    assert sum(part.total for part in parts) == order.grand_total


def test_a_combo_becomes_lines_of_its_makers_that_add_up_to_its_price():
    coffee = market.product(stock=9, price=100_000)
    honey = market.product(stock=9, price=50_000)
    gift = market.combo([(coffee, 1), (honey, 1)], price=140_000)

    order = shopping.order((gift, 1))

    lines = list(order.lines.order_by("pk"))
    assert [line.total for line in lines] == [93_333, 46_667]
    assert {line.bundle_title for line in lines} == {gift.title}
    assert order.goods_total == 140_000
    assert [part.shipping_fee for part in order.seller_orders.all()] == [20_500, 0]
    assert sum(part.total for part in order.seller_orders.all()) == order.grand_total


def test_alcohol_needs_the_statement():
    wine = market.product(abv_percent="12.5")

    with pytest.raises(AdultsOnly):
        shopping.order((wine, 1))

    assert shopping.order((wine, 1), adult_confirmed=True).adult_confirmed


def test_spirits_never_go_into_a_combo():
    spirit, honey = market.product(abv_percent="29"), market.product()
    gift = market.combo([(spirit, 1), (honey, 1)])

    with pytest.raises(NotForSale):
        shopping.order((gift, 1), adult_confirmed=True)


def test_a_total_that_changed_meanwhile_is_said():
    item = market.product(price=98_000)

    with pytest.raises(TotalChanged):
        shopping.order((item, 1), expected_total=1)

    assert not Order.objects.exists()


def test_hidden_goods_are_not_sold():
    item = market.product()
    type(item).objects.filter(pk=item.pk).update(is_public=False)

    assert build([Wish(item.pk, 1)]).blocked == {item.pk: "hidden"}


def test_cash_on_delivery_has_limits_per_order_and_per_phone(settings):
    settings.COD_LIMIT, settings.COD_OPEN_LIMIT = 150_000, 2
    item = market.product(stock=50, price=100_000)

    with pytest.raises(CodTooHigh):
        shopping.order((item, 2))
    shopping.order((item, 1))
    shopping.order((item, 1))
    with pytest.raises(CodTooMany):
        shopping.order((item, 1))
    shopping.order((item, 2), method="vietqr")

    assert Order.objects.count() == 3


def test_letters_wait_in_the_outbox_of_the_same_transaction():
    order = shopping.order((market.product(), 1))

    keys = set(OutboxMessage.objects.values_list("key", flat=True))
    assert {f"mail:order_placed:{order.number}", f"sms:order_placed:{order.number}"} <= keys


def test_lines_keep_whole_dong():
    item = market.product(price=98_765)

    shopping.order((item, 3))

    line = Line.objects.get()
    assert (line.unit_price, line.total, int(line.line_price_incl_tax)) == (98_765, 296_295, 296_295)
