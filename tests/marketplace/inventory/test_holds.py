from datetime import timedelta

import pytest

from kernel import clock
from kernel.actors import SYSTEM
from marketplace.inventory import selectors, services
from marketplace.inventory.errors import BadQuantity, HoldGone, SoldOut
from marketplace.inventory.models import Hold, Stock, StockMove
from tests.factories import market

pytestmark = pytest.mark.django_db


def _free(item):
    return selectors.available([item.pk])[item.pk]


def test_a_hold_takes_pieces_and_a_claim_sells_them():
    item = market.product(stock=5)

    services.reserve(lines=[(item.pk, 2)], key="a", ttl=60)
    assert _free(item) == 3
    services.claim(key="a")

    row = Stock.objects.get(product=item)
    assert (row.on_hand, row.held) == (3, 0)
    assert selectors.ledger_errors() == []


def test_the_same_key_takes_once():
    item = market.product(stock=5)

    first = services.reserve(lines=[(item.pk, 2)], key="a", ttl=60)
    again = services.reserve(lines=[(item.pk, 2)], key="a", ttl=60)

    assert again.pk == first.pk
    assert _free(item) == 3
    services.claim(key="a")
    services.claim(key="a")
    assert Stock.objects.get(product=item).on_hand == 3


def test_too_many_are_refused_and_nothing_is_taken():
    plenty, scarce = market.product(stock=9), market.product(stock=1)

    with pytest.raises(SoldOut) as refusal:
        services.reserve(lines=[(plenty.pk, 1), (scarce.pk, 2)], key="a", ttl=60)

    assert refusal.value.params == {"product_id": scarce.pk, "left": 1}
    assert _free(plenty) == 9
    assert not Hold.objects.exists()


@pytest.mark.parametrize("quantity", [0, -1, 1.5, True])
def test_a_quantity_is_a_whole_number_above_zero(quantity):
    item = market.product(stock=5)

    with pytest.raises(BadQuantity):
        services.reserve(lines=[(item.pk, quantity)], key="a", ttl=60)


def test_a_released_hold_gives_back_once():
    item = market.product(stock=5)
    services.reserve(lines=[(item.pk, 2)], key="a", ttl=60)

    assert services.release(key="a", reason="cancelled") is True
    assert services.release(key="a") is False

    assert _free(item) == 5
    with pytest.raises(HoldGone):
        services.claim(key="a")


def test_an_overdue_hold_is_free_on_read_and_for_the_next_buyer(monkeypatch):
    item = market.product(stock=2)
    services.reserve(lines=[(item.pk, 2)], key="a", ttl=60)
    later = clock.now() + timedelta(seconds=61)
    monkeypatch.setattr(clock, "now", lambda: later)

    assert _free(item) == 2
    services.reserve(lines=[(item.pk, 1)], key="b", ttl=60)

    assert Hold.objects.get(key="a").state == "expired"
    assert _free(item) == 1
    assert selectors.ledger_errors() == []


def test_the_timer_ends_overdue_holds(monkeypatch):
    item = market.product(stock=2)
    services.reserve(lines=[(item.pk, 2)], key="a", ttl=60)
    later = clock.now() + timedelta(seconds=61)
    monkeypatch.setattr(clock, "now", lambda: later)

    assert services.expire_due() == 1
    assert services.expire_due() == 0
    assert Stock.objects.get(product=item).held == 0


def test_a_combo_is_taken_apart_and_its_scarcest_part_decides():
    coffee, honey = market.product(stock=5), market.product(stock=9)
    gift = market.combo([(coffee, 2), (honey, 1)])
    assert selectors.available([gift.pk, coffee.pk]) == {gift.pk: 2, coffee.pk: 5}

    services.reserve(lines=[(gift.pk, 2)], key="a", ttl=60)

    assert selectors.available([gift.pk, coffee.pk, honey.pk]) == {gift.pk: 0, coffee.pk: 1, honey.pk: 7}
    with pytest.raises(SoldOut):
        services.reserve(lines=[(gift.pk, 1)], key="b", ttl=60)


def test_two_stores_together_fill_what_one_cannot():
    partner = market.seller()
    item = market.product(partner, stock=2)
    second = services.location_create(actor=SYSTEM, name="Kho hai", partner_id=partner.pk)
    services.receive(actor=SYSTEM, product_id=item.pk, location_id=second.pk, quantity=3)

    hold = services.reserve(lines=[(item.pk, 5)], key="a", ttl=60)

    assert sorted(hold.lines.values_list("quantity", flat=True)) == [2, 3]
    assert _free(item) == 0


def test_goods_in_the_showroom_are_not_for_web_orders():
    item = market.product(stock=1)
    showroom = services.location_create(actor=SYSTEM, name="Quầy", kind="showroom", sells_online=False)
    services.receive(actor=SYSTEM, product_id=item.pk, location_id=showroom.pk, quantity=4)

    assert _free(item) == 1
    assert selectors.available([item.pk], "pos", location_id=showroom.pk) == {item.pk: 4}
    services.reserve(lines=[(item.pk, 4)], key="till", ttl=60, channel="pos", location_id=showroom.pk)
    services.claim(key="till")
    assert _free(item) == 1


def test_a_live_session_sells_its_allotment_and_no_more():
    item = market.product(stock=10)
    services.allot(actor=SYSTEM, stock=Stock.objects.get(product=item), channel="live", quantity=3, session_ref="s1")
    assert _free(item) == 7
    assert selectors.available([item.pk], "live", session_ref="s1") == {item.pk: 3}

    services.reserve(lines=[(item.pk, 2)], key="a", ttl=60, channel="live", session_ref="s1")
    services.claim(key="a")
    services.reserve(lines=[(item.pk, 1)], key="b", ttl=60, channel="live", session_ref="s1")
    with pytest.raises(SoldOut):
        services.reserve(lines=[(item.pk, 1)], key="c", ttl=60, channel="live", session_ref="s1")

    services.release(key="b")
    kept = Stock.objects.get(product=item).allotments.get()
    services.unallot(actor=SYSTEM, allotment=kept)
    assert _free(item) == 8
    assert selectors.ledger_errors() == []


def test_a_hold_out_of_a_closed_allotment_ends_in_the_common_stock():
    item = market.product(stock=5)
    kept = services.allot(
        actor=SYSTEM, stock=Stock.objects.get(product=item), channel="live", quantity=3, session_ref="s1"
    )
    services.reserve(lines=[(item.pk, 2)], key="a", ttl=60, channel="live", session_ref="s1")
    services.unallot(actor=SYSTEM, allotment=kept)
    assert _free(item) == 3

    services.release(key="a")

    assert _free(item) == 5


def test_oscars_record_follows():
    item = market.product(stock=5)
    services.reserve(lines=[(item.pk, 2)], key="a", ttl=60)

    record = item.stockrecords.get()
    assert (record.num_in_stock, record.num_allocated) == (5, 2)
    services.claim(key="a")
    record.refresh_from_db()
    assert (record.num_in_stock, record.num_allocated) == (3, 0)


def test_cached_pages_are_dropped_only_when_a_level_is_crossed(monkeypatch):
    item = market.product(stock=40)
    bumps = []
    monkeypatch.setattr("kernel.pagecache.bump", lambda: bumps.append(1))

    services.reserve(lines=[(item.pk, 5)], key="a", ttl=60)
    assert bumps == []
    services.reserve(lines=[(item.pk, 31)], key="b", ttl=60)
    assert bumps == [1]


def test_available_asks_the_database_twice_for_any_number_of_products(django_assert_max_num_queries):
    items = [market.product(stock=n + 1).pk for n in range(6)]

    with django_assert_max_num_queries(2):
        assert selectors.available(items)[items[5]] == 6


def test_every_move_is_in_the_ledger():
    item = market.product(stock=5)
    services.reserve(lines=[(item.pk, 2)], key="a", ttl=60)
    services.claim(key="a")

    moves = StockMove.objects.filter(stock__product=item).values_list("reason", "on_hand_delta", "held_delta")
    assert list(moves) == [("received", 5, 0), ("held", 0, 2), ("sold", -2, -2)]
