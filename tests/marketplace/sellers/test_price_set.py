import pytest

from catalog.producers.services import producers_ensure
from catalog.products.services import product_create
from kernel.actors import SYSTEM, Actor
from kernel.audit.models import AuditEntry
from kernel.errors import NotPermitted
from marketplace.sellers.models import Partner, StockRecord
from marketplace.sellers.services import price_set, seller_open

pytestmark = pytest.mark.django_db


@pytest.fixture
def product():
    maker = producers_ensure(actor=SYSTEM, wanted={"HTX Đăk Mar": {}})["HTX Đăk Mar"]
    return product_create(actor=SYSTEM, title="Cà phê", producer=maker, gtin="09520000000110")


def test_one_producer_has_one_seller(product):
    first = seller_open(actor=SYSTEM, producer=product.producer)

    assert seller_open(actor=SYSTEM, producer=product.producer) == first
    assert (first.code, first.name) == ("htx-dak-mar", "HTX Đăk Mar")
    assert Partner.objects.count() == 1


def test_a_price_is_whole_dong_at_the_producers_own_seller_with_no_stock(product):
    record = price_set(actor=SYSTEM, product=product, price=98000)

    assert (record.partner.producer, int(record.price), record.price_currency) == (product.producer, 98000, "VND")
    assert (record.num_in_stock, record.partner_sku) == (0, "09520000000110")


def test_a_change_is_traced_and_the_same_price_is_not(product):
    price_set(actor=SYSTEM, product=product, price=98000)
    price_set(actor=SYSTEM, product=product, price=98000)
    price_set(actor=SYSTEM, product=product, price=99000)

    entries = AuditEntry.objects.filter(verb="sellers.price.set").order_by("id")
    assert [(entry.old, entry.new) for entry in entries] == [
        (None, {"price": 98000}),
        ({"price": 98000}, {"price": 99000}),
    ]
    assert StockRecord.objects.count() == 1


def test_strangers_and_negative_prices_are_refused(product):
    price_set(actor=SYSTEM, product=product, price=98000)

    with pytest.raises(NotPermitted):
        price_set(actor=Actor(label="user:9"), product=product, price=1)
    with pytest.raises(ValueError, match="negative"):
        price_set(actor=SYSTEM, product=product, price=-1)
    assert int(StockRecord.objects.get().price) == 98000
