"""The lot diary: harvest, processing, packing, stopping a lot of one's own."""

import pytest

from kernel import clock
from marketplace.inventory.errors import BadQuantity
from marketplace.inventory.selectors import available
from tests.factories import market
from tests.factories.people import browser, owner_of
from tests.marketplace.staff import gtin, lot_of
from traceability.lots.models import Lot

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    return market.seller()


@pytest.fixture
def desk(partner):
    return browser(owner_of(partner))


def _today():
    return clock.today().isoformat()


def test_from_the_field_to_the_pack(partner, desk):
    product = market.product(partner, stock=0, gtin=gtin(3), net_g=500)
    first = {"name": "Quả tươi", "kilograms": "100", "day": _today(), "code": "H1"}
    assert desk.post("/ban-hang/lo/thu/", first).status_code == 302
    harvest = Lot.objects.get(code="H1")
    made = {"source": harvest.pk, "used": "60", "name": "Nhân", "kilograms": "12", "day": _today(), "code": "C1"}
    assert desk.post("/ban-hang/lo/che-bien/", made).status_code == 302
    green = Lot.objects.get(code="C1")
    packs = {
        "product": product.pk, "pieces": "10", "source": green.pk, "day": _today(), "code": "G1", "to_stock": "on",
    }  # fmt: skip
    assert desk.post("/ban-hang/lo/dong-goi/", packs).status_code == 302

    harvest.refresh_from_db(), green.refresh_from_db()
    pack = Lot.objects.get(code="G1")
    assert (harvest.left_milli, green.left_milli) == (40_000, 7_000)
    assert (pack.gtin, pack.pieces_left, pack.producer_code) == (product.gtin, 10, partner.producer.slug)
    assert available([product.pk]) == {product.pk: 10}
    assert desk.get(f"/ban-hang/lo/{pack.pk}/tem.pdf").content.startswith(b"%PDF")


def test_more_than_is_left_of_a_lot_is_refused_with_words(desk):
    desk.post("/ban-hang/lo/thu/", {"name": "Quả", "kilograms": "10", "day": _today(), "code": "H1"})
    harvest = Lot.objects.get()

    answer = desk.post(
        "/ban-hang/lo/che-bien/",
        {"source": harvest.pk, "used": "11", "name": "Nhân", "kilograms": "3", "day": _today(), "code": "C1"},
    )

    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors()
    assert Lot.objects.count() == 1


def test_another_producers_lot_can_not_be_used_up(desk):
    other = market.seller()
    browser(owner_of(other)).post(
        "/ban-hang/lo/thu/", {"name": "Quả", "kilograms": "10", "day": _today(), "code": "H1"}
    )
    theirs = Lot.objects.get()

    answer = desk.post(
        "/ban-hang/lo/che-bien/",
        {"source": theirs.pk, "used": "5", "name": "Nhân", "kilograms": "3", "day": _today(), "code": "C1"},
    )

    assert answer.status_code == 422
    theirs.refresh_from_db()
    assert theirs.left_milli == 10_000


def test_packing_twice_under_one_code_counts_the_stock_once(partner, desk):
    product = market.product(partner, stock=0, gtin=gtin(4))
    packs = {"product": product.pk, "pieces": "10", "day": _today(), "code": "G1", "to_stock": "on"}

    assert desk.post("/ban-hang/lo/dong-goi/", packs).status_code == 302
    assert desk.post("/ban-hang/lo/dong-goi/", packs).status_code == 422

    assert available([product.pk]) == {product.pk: 10}


def test_a_producer_stops_a_lot_of_his_own_but_only_the_office_frees_it(partner, desk):
    lot = lot_of(partner, market.product(partner, gtin=gtin(5)))

    desk.post(f"/ban-hang/lo/{lot.pk}/tam-giu/", {"reason": "Bao bì hở"})

    lot.refresh_from_db()
    assert lot.state == "held"
    assert desk.post(f"/van-phong/lo/{lot.pk}/tha/", {"reason": "ổn"}).status_code == 403
    lot.refresh_from_db()
    assert lot.state == "held"


def test_a_lot_whose_packs_can_not_be_stocked_is_not_written_down(partner, desk, monkeypatch):
    product = market.product(partner, stock=0, gtin=gtin(6))

    def refuse(**kwargs):
        raise BadQuantity

    monkeypatch.setattr("marketplace.desk.views_lots.stock.receive", refuse)

    answer = desk.post(
        "/ban-hang/lo/dong-goi/",
        {"product": product.pk, "pieces": "10", "day": _today(), "code": "G1", "to_stock": "on"},
    )

    assert answer.status_code == 422
    assert not Lot.objects.exists()
