"""Several hands on one lot: never more out of it than it has, and one line of the log for each event."""

import time
from decimal import Decimal

import pytest
from django.db import transaction

from kernel.actors import SYSTEM
from tests.traceability.market import GTIN, at, pack_lot
from tests.traceability.story import import_demo_zones
from traceability.events.models import Event
from traceability.events.selectors.payload import stored_hashes
from traceability.ledger.models import LogLine
from traceability.ledger.services import chain_verify
from traceability.lots.errors import LotCodeTaken, LotOverdrawn, NothingLeft
from traceability.lots.models import Lot
from traceability.lots.services import NewLot, lot_take, record_source

pytestmark = pytest.mark.concurrency


@pytest.fixture
def three(transactional_db):
    import_demo_zones()
    return pack_lot(pieces=3)


def test_eight_orders_share_three_pieces(at_once, three):
    results = at_once(8, lambda i: lot_take(actor=SYSTEM, gtin=GTIN, quantity=1, order_ref=f"DH-{i}"))

    assert sum(isinstance(r, list) for r in results) == 3
    assert all(isinstance(r, list | NothingLeft | LotOverdrawn) for r in results), results
    assert Lot.objects.get(pk=three.pk).left == 0
    assert Event.objects.filter(kind="sell").count() == 3
    assert chain_verify(stored_hashes()).ok


def test_the_naive_way_oversells_in_the_same_rig(at_once, three):
    """Read, decide, save: what the guarded update is there for."""

    def naive(i):
        lot = Lot.objects.get(pk=three.pk)
        if lot.left_milli < 1000:
            return None
        time.sleep(0.2)
        with transaction.atomic():
            lot.left_milli -= 1000
            lot.save(update_fields=["left_milli"])
        return "sold"

    assert at_once(8, naive).count("sold") > 3


def test_the_same_order_sent_eight_times_takes_once(at_once, three):
    results = at_once(8, lambda i: lot_take(actor=SYSTEM, gtin=GTIN, quantity=2, order_ref="DH-1"))

    assert all(r == results[0] and isinstance(r, list) for r in results), results
    assert Lot.objects.get(pk=three.pk).left == 1
    assert Event.objects.filter(kind="sell").count() == 1


def test_one_code_is_given_once(at_once, three):
    def make(i):
        spec = NewLot("SAME", "process", "x", Decimal(1), producer_code="p")
        return record_source(actor=SYSTEM, lot=spec, at=at(1))

    results = at_once(6, make)

    assert sum(isinstance(r, LotCodeTaken) for r in results) == 5, results
    assert LogLine.objects.count() == Event.objects.count()
    assert chain_verify(stored_hashes()).ok
