import time

import pytest
from django.db import transaction

from marketplace.inventory import selectors, services
from marketplace.inventory.errors import SoldOut
from marketplace.inventory.models import Hold, Stock
from marketplace.sellers.models import StockRecord
from tests.factories import market

pytestmark = pytest.mark.concurrency


def test_twelve_buyers_get_exactly_three_pieces(at_once):
    item = market.product(stock=3)

    def buy(i):
        services.reserve(lines=[(item.pk, 1)], key=f"buyer-{i}", ttl=60)
        services.claim(key=f"buyer-{i}")
        return "sold"

    results = at_once(12, buy)

    assert results.count("sold") == 3
    assert sum(isinstance(r, SoldOut) for r in results) == 9
    row = Stock.objects.get(product=item)
    assert (row.on_hand, row.held) == (0, 0)
    assert selectors.ledger_errors() == []


def test_the_control_without_the_guard_oversells(at_once):
    """Oscar's way, read then save: in the same rig it sells more than there is, so the rig can tell."""
    item = market.product(stock=3)
    record = StockRecord.objects.get(product=item)

    def buy(i):
        seen = StockRecord.objects.get(pk=record.pk)
        if seen.net_stock_level < 1:
            return "sold out"
        time.sleep(0.05)
        with transaction.atomic():
            seen.allocate(1)
        return "sold"

    results = at_once(12, buy)

    assert results.count("sold") > 3


def test_two_products_in_opposite_order_never_deadlock(at_once):
    one, two = market.product(stock=40), market.product(stock=40)

    def buy(i):
        lines = [(one.pk, 1), (two.pk, 1)]
        services.reserve(lines=lines if i % 2 else lines[::-1], key=f"buyer-{i}", ttl=60)
        return "held"

    assert at_once(16, buy) == ["held"] * 16
    assert list(Stock.objects.order_by("pk").values_list("held", flat=True)) == [16, 16]


def test_one_key_from_twelve_threads_takes_one_piece(at_once):
    item = market.product(stock=5)

    results = at_once(12, lambda i: services.reserve(lines=[(item.pk, 1)], key="same", ttl=60).pk)

    assert len(set(results)) == 1
    assert Hold.objects.count() == 1
    assert Stock.objects.get(product=item).held == 1


def test_a_sale_and_an_expiry_of_the_same_hold_agree(at_once):
    item = market.product(stock=5)
    for i in range(6):
        services.reserve(lines=[(item.pk, 1)], key=f"h{i // 2}", ttl=-1) if i % 2 == 0 else None

    at_once(6, lambda i: services.claim(key=f"h{i // 2}") if i % 2 else services.expire_due())

    row = Stock.objects.get(product=item)
    sold = Hold.objects.filter(state="claimed").count()
    assert (row.on_hand, row.held) == (5 - sold, 0)
    assert selectors.ledger_errors() == []
