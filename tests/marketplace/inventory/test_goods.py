import pytest

from kernel.actors import SYSTEM
from marketplace.inventory import selectors, services
from marketplace.inventory.errors import StockInUse
from marketplace.inventory.models import Stock
from tests.factories import market

pytestmark = pytest.mark.django_db


def test_the_same_key_receives_once():
    item = market.product(stock=0)
    place = Stock.objects.get(product=item).location_id

    for _ in range(2):
        services.receive(actor=SYSTEM, product_id=item.pk, location_id=place, quantity=4, key="delivery-1")

    assert Stock.objects.get(product=item).on_hand == 4


def test_a_recount_books_the_difference_but_never_below_what_is_promised():
    item = market.product(stock=10)
    place = Stock.objects.get(product=item).location_id
    services.reserve(lines=[(item.pk, 4)], key="a", ttl=60)

    services.recount(actor=SYSTEM, product_id=item.pk, location_id=place, counted=7, note="đếm lại")
    with pytest.raises(StockInUse):
        services.recount(actor=SYSTEM, product_id=item.pk, location_id=place, counted=3)

    assert Stock.objects.get(product=item).on_hand == 7
    assert selectors.ledger_errors() == []


def test_goods_carried_over_are_counted_once():
    item = market.product(stock=10)
    source = Stock.objects.get(product=item).location_id
    target = services.location_create(actor=SYSTEM, name="Quầy", sells_online=False)

    services.transfer(actor=SYSTEM, product_id=item.pk, from_id=source, to_id=target.pk, quantity=4)

    assert list(Stock.objects.filter(product=item).order_by("pk").values_list("on_hand", flat=True)) == [6, 4]
    assert selectors.available([item.pk]) == {item.pk: 6}


def test_a_shortage_at_the_counter_leaves_a_trace():
    item = market.product(stock=1)
    place = Stock.objects.get(product=item).location_id

    services.shortage(actor=SYSTEM, product_id=item.pk, location_id=place, quantity=2, reference="sale-1", key="s1")

    row = Stock.objects.get(product=item)
    assert row.on_hand == 1
    assert list(row.moves.values_list("reason", flat=True)) == ["received", "shortage", "sold"]
