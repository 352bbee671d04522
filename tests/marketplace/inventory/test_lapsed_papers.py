"""Goods whose mandatory paper has lapsed are shown, but neither counted as available nor held for anybody."""

from datetime import timedelta

import pytest

from catalog.producers.services import paper_add
from kernel import clock
from kernel.actors import SYSTEM
from marketplace.inventory import selectors, services
from marketplace.inventory.errors import NotForSale
from marketplace.inventory.models import Hold
from marketplace.sellers.selectors import records_of
from tests.factories import market

pytestmark = pytest.mark.django_db


def lapse(goods, days=1, **changes):
    last = clock.today() - timedelta(days=days)
    return paper_add(actor=SYSTEM, **({"producer": goods.producer, "kind": "attp", "valid_to": last} | changes))


@pytest.mark.parametrize("channel", ["web", "pos", "live"])
def test_nobody_sells_them_by_any_channel(channel):
    product = market.product(stock=5)
    lapse(product)

    assert selectors.available([product.pk], channel=channel) == {product.pk: 0}
    with pytest.raises(NotForSale) as refusal:
        services.reserve(lines=[(product.pk, 1)], key="a", ttl=60, channel=channel)

    assert refusal.value.params["product_id"] == product.pk
    assert refusal.value.text
    assert not Hold.objects.exists()


def test_a_combo_with_such_a_component_is_not_sold_either():
    good, lapsed = market.product(stock=5), market.product(stock=5)
    combo = market.combo([(good, 1), (lapsed, 1)])
    lapse(lapsed)

    assert selectors.available([combo.pk, good.pk]) == {combo.pk: 0, good.pk: 5}
    with pytest.raises(NotForSale):
        services.reserve(lines=[(combo.pk, 1)], key="a", ttl=60)


def test_the_sale_goes_on_with_the_renewed_paper():
    product = market.product(stock=5)
    lapse(product)

    lapse(product, days=-1)

    assert selectors.available([product.pk]) == {product.pk: 5}
    services.reserve(lines=[(product.pk, 1)], key="a", ttl=60)


def test_a_paper_of_one_product_does_not_stop_the_other_goods_of_its_maker():
    seller = market.seller()
    stopped, other = market.product(seller, stock=5), market.product(seller, stock=5)
    lapse(stopped, product=stopped)
    lapse(stopped, days=-9)  # the maker's own paper is in order, which does not heal the product's

    assert selectors.available([stopped.pk, other.pk]) == {stopped.pk: 0, other.pk: 5}


def test_pages_know_it_from_the_price_row_without_another_query(django_assert_num_queries):
    product, other = market.product(stock=5), market.product(stock=5)
    lapse(product)

    with django_assert_num_queries(1):
        rows = {record.product_id: record.paper_lapsed for record in records_of([product.pk, other.pk])}

    assert rows == {product.pk: True, other.pk: False}
