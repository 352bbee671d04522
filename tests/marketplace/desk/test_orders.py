"""A producer's part of an order, from the desk: accept, pack, hand over, decline."""

import pytest

from marketplace.orders.models import LineLot, SellerOrder
from tests.factories import market, shopping
from tests.factories.people import browser, owner_of
from tests.marketplace.staff import gtin, lot_of, stall

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine():
    return stall()


@pytest.fixture
def desk(mine):
    return browser(mine.owner)


def _state(part):
    return SellerOrder.objects.get(pk=part.pk).state


def test_an_order_is_accepted_packed_and_handed_over(mine, desk):
    at = f"/ban-hang/don/{mine.part.number}/"
    states = []
    for step, data in (("nhan", {}), ("goi", {}), ("giao", {"carrier": "GHN", "tracking": "A1"})):
        assert desk.post(f"{at}{step}/", data)["Location"] == at
        states.append(_state(mine.part))

    assert states == ["accepted", "packed", "shipped"]
    assert mine.part.parcels.get().tracking_code == "A1"
    assert LineLot.objects.get(line__seller_order=mine.part).lot_code == mine.lot.code


def test_the_lot_chosen_on_the_page_is_the_lot_packed(mine, desk):
    other = lot_of(mine.partner, mine.product, code="261121-G1")
    line = mine.part.lines.get()
    desk.post(f"/ban-hang/don/{mine.part.number}/nhan/")

    desk.post(f"/ban-hang/don/{mine.part.number}/goi/", {f"lot-{line.pk}": other.pk})

    assert LineLot.objects.get(line=line).lot_code == other.code


def test_a_step_out_of_turn_moves_nothing_and_says_why(mine, desk):
    answer = desk.post(f"/ban-hang/don/{mine.part.number}/giao/", follow=True)

    assert _state(mine.part) == "placed"
    assert [m.level_tag for m in answer.context["messages"]] == ["error"]


def test_declining_gives_the_goods_back_to_the_stock(mine, desk):
    from marketplace.inventory.selectors import available

    assert available([mine.product.pk]) == {mine.product.pk: 9}

    desk.post(f"/ban-hang/don/{mine.part.number}/tu-choi/", {"reason": "Mất mùa"})

    assert _state(mine.part) == "declined"
    assert available([mine.product.pk]) == {mine.product.pk: 10}


def test_an_order_that_is_not_paid_is_not_at_the_desk():
    partner = market.seller()
    part = shopping.order((market.product(partner, gtin=gtin(9)), 1), method="vietqr").seller_orders.get()
    desk = browser(owner_of(partner))

    assert part.number not in desk.get("/ban-hang/don/").content.decode()
    assert desk.get(f"/ban-hang/don/{part.number}/").status_code == 404


def test_slips_are_printed_for_what_must_leave_and_not_for_what_is_stopped(mine, desk):
    desk.post(f"/ban-hang/don/{mine.part.number}/nhan/")
    assert mine.part.number in desk.get("/ban-hang/don/phieu.html").content.decode()
    assert desk.get("/ban-hang/don/phieu.pdf").content.startswith(b"%PDF")

    SellerOrder.objects.filter(pk=mine.part.pk).update(on_hold=True)

    assert desk.get("/ban-hang/don/phieu.html").context["parts"] == []
