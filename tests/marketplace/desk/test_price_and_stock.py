"""Price and stock hold at once: nobody has to read them."""

import pytest

from kernel.audit.models import AuditEntry
from marketplace.desk.models import ListingRevision
from marketplace.inventory import services as inventory
from marketplace.inventory.models import Stock
from marketplace.inventory.selectors import available
from marketplace.sellers.models import StockRecord
from marketplace.sellers.selectors import price_floors
from tests.factories import market
from tests.factories.people import browser, owner_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def goods():
    return market.product(market.seller(), stock=10, price=98_000)


@pytest.fixture
def desk(goods):
    return browser(owner_of(goods.stockrecords.get().partner))


def test_sold_out_is_one_post(goods, desk):
    answer = desk.post(f"/ban-hang/mon/{goods.pk}/het/", {"back": "home"})

    assert answer["Location"] == "/ban-hang/"
    assert available([goods.pk]) == {goods.pk: 0}


def test_sold_out_answers_a_script_in_json(goods, desk):
    answer = desk.post(f"/ban-hang/mon/{goods.pk}/het/", headers={"accept": "application/json"})

    assert answer.json() == {"free": 0}


def test_sold_out_keeps_what_is_promised(goods, desk):
    inventory.reserve(lines=[(goods.pk, 3)], key="promised", ttl=900)

    desk.post(f"/ban-hang/mon/{goods.pk}/het/")

    row = Stock.objects.get(product=goods)
    assert (row.on_hand, row.held) == (3, 3)
    assert available([goods.pk]) == {goods.pk: 0}


def test_a_new_price_holds_at_once_and_is_written_down(goods, desk):
    answer = desk.post(f"/ban-hang/mon/{goods.pk}/gia/", {"price": "105.000 đ", "floor": "90000"})

    assert answer.status_code == 302
    assert int(StockRecord.objects.get(product=goods).price) == 105_000
    assert price_floors([goods.pk]) == {goods.pk: 90_000}
    assert AuditEntry.objects.filter(verb="desk.price.changed", new={"price": 105_000}).count() == 1
    assert not ListingRevision.objects.exists()


@pytest.mark.parametrize("price", ["", "0", "-5", "abc", "9" * 12, "²"])
def test_a_price_that_is_none_is_sent_back(goods, desk, price):
    answer = desk.post(f"/ban-hang/mon/{goods.pk}/gia/", {"price": price})

    assert answer.status_code == 422
    assert answer.context["form"].errors["price"]
    assert int(StockRecord.objects.get(product=goods).price) == 98_000


def test_a_count_sets_the_stock(goods, desk):
    desk.post(f"/ban-hang/mon/{goods.pk}/dem/", {"counted": "25"})

    assert available([goods.pk]) == {goods.pk: 25}


def test_a_count_below_what_is_promised_is_refused_with_words(goods, desk):
    inventory.reserve(lines=[(goods.pk, 4)], key="promised", ttl=900)

    answer = desk.post(f"/ban-hang/mon/{goods.pk}/dem/", {"counted": "2"})

    assert answer.status_code == 422
    assert answer.context["form"].errors["counted"]
    assert Stock.objects.get(product=goods).on_hand == 10
