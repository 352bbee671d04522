import pytest

from kernel.actors import GUEST, SYSTEM
from kernel.errors import NotPermitted
from marketplace.inventory import selectors as inventory
from marketplace.inventory.errors import SoldOut
from marketplace.orders.models import LineLot, Order
from marketplace.payments.models import Payment
from marketplace.pos import errors, services
from marketplace.pos.models import Sale, SaleReturn
from marketplace.settlement.selectors import balance, ledger_errors
from tests.factories import doors, market
from tests.traceability.market import GTIN, pack_lot
from tests.traceability.story import import_demo_zones
from traceability.lots.services import lot_hold, lot_recall

pytestmark = pytest.mark.django_db


def _left(counter, item):
    return inventory.available([item.pk], "pos", location_id=counter.location_id)[item.pk]


@pytest.fixture
def goods(counter):
    """Put new goods on the counter's shelf."""

    def put(quantity=5, **fields):
        item = market.product(stock=0, **fields)
        doors.bring(counter, item, quantity)
        return item

    return put


def test_three_goods_in_cash_take_stock_and_give_change(counter, shift, sell, goods):
    coffee, honey, tea = goods(price=98_000), goods(price=120_000), goods(price=45_000)

    sale = sell((coffee, 1), (honey, 2), (tea, 1), cash_given=500_000)

    assert (sale.total, sale.change, sale.is_paid) == (383_000, 117_000, True)
    assert [_left(counter, item) for item in (coffee, honey, tea)] == [4, 3, 4]
    order = Order.objects.get()
    assert (order.channel, order.status, order.shipping_total) == ("pos", "completed", 0)
    assert Payment.objects.get().received == 383_000
    assert ledger_errors() == []


def test_the_same_key_is_one_sale(counter, shift, sell, goods):
    item = goods()

    first, second = sell((item, 1)), sell((item, 1))

    assert first.pk == second.pk
    assert Order.objects.count() == 1
    assert _left(counter, item) == 4


def test_a_key_of_another_counter_shows_nothing_of_its_sale(shift, sell, goods):
    item = goods()
    sell((item, 1))
    other = doors.point()
    there = doors.actor(doors.clerk(other))

    with pytest.raises(errors.SaleNotFound):
        sell((item, 1), point=other, actor=there)


def test_all_of_a_bill_or_nothing(counter, shift, sell, goods):
    many, few = goods(), goods(quantity=1)

    with pytest.raises(SoldOut):
        sell((many, 1), (few, 2))

    assert not Sale.objects.exists()
    assert (_left(counter, many), _left(counter, few)) == (5, 1)


def test_too_little_cash_sells_nothing(counter, shift, sell, goods):
    item = goods(price=98_000)

    with pytest.raises(errors.CashTooLittle):
        sell((item, 1), cash_given=90_000)

    assert _left(counter, item) == 5
    assert not Order.objects.exists()


@pytest.mark.parametrize("stop", [lot_hold, lot_recall])
def test_a_stopped_lot_is_not_sold(stop, counter, shift, sell, goods):
    import_demo_zones()
    lot = pack_lot()
    item = goods(gtin=GTIN.removeprefix("0"))
    stop(actor=SYSTEM, lot_id=lot.pk, reason="Thử lại độ ẩm")

    with pytest.raises(errors.LotStopped):
        sell((item, 1, lot.code))
    with pytest.raises(errors.LotStopped):
        sell((item, 1, "KHONG-CO"))

    assert _left(counter, item) == 5


def test_the_scanned_lot_is_the_one_on_the_receipt(shift, sell, goods):
    import_demo_zones()
    pack_lot("CU-01", packed=90)
    newer = pack_lot("MOI-02", packed=20)
    item = goods(gtin=GTIN.removeprefix("0"))

    sale = sell((item, 2, newer.code))

    assert sale.lines.get().lot_code == "MOI-02"
    assert LineLot.objects.get().lot_code == "MOI-02"
    newer.refresh_from_db()
    assert newer.left_milli == 478_000


def test_alcohol_asks_for_the_age(shift, sell, goods):
    wine = goods(abv_percent=29)

    with pytest.raises(errors.AgeNotChecked):
        sell((wine, 1))
    sale = sell((wine, 1), age_checked=True)

    assert sale.age_checked
    assert Order.objects.get().adult_confirmed


def test_nothing_is_sold_before_the_day_is_open(sell, goods):
    with pytest.raises(errors.NoShift):
        sell((goods(), 1))


def test_a_day_ends_with_the_drawer_counted(clerk, counter, shift, sell, goods):
    sell((goods(price=98_000), 2))
    me = doors.actor(clerk)

    with pytest.raises(errors.ShiftIsOpen):
        services.shift_open(actor=me, point=counter, float_cash=0)
    closed = services.shift_close(actor=me, shift=shift, counted_cash=690_000, note="thiếu tiền lẻ")

    assert (closed.expected_cash, closed.difference) == (696_000, -6_000)
    with pytest.raises(errors.NoShift):
        services.shift_close(actor=me, shift=shift, counted_cash=1)
    assert services.shift_open(actor=me, point=counter, float_cash=100_000).pk != shift.pk


def test_a_return_gives_stock_money_and_ledger_back(clerk, counter, shift, sell, goods):
    partner = market.seller()
    mine, other = goods(partner=partner, price=98_000), goods(price=45_000)
    sale = sell((mine, 2), (other, 1))
    me = doors.actor(clerk)
    assert balance(partner.pk) > 0

    made = services.sale_return(actor=me, sale=sale, partner_id=partner.pk, key="back-1")
    again = services.sale_return(actor=me, sale=sale, partner_id=partner.pk, key="back-1")

    assert (made.pk, made.amount) == (again.pk, 196_000)
    assert (_left(counter, mine), _left(counter, other)) == (5, 4)
    assert balance(partner.pk) == 0
    closed = services.shift_close(actor=me, shift=shift, counted_cash=545_000)
    assert closed.difference == 0


def test_what_was_returned_is_not_returned_again(clerk, shift, sell, goods):
    item = goods()
    sale = sell((item, 1))
    maker = sale.lines.get().partner_id
    services.sale_return(actor=doors.actor(clerk), sale=sale, partner_id=maker, key="back-1")

    with pytest.raises(errors.ReturnedAlready):
        services.sale_return(actor=doors.actor(clerk), sale=sale, partner_id=maker, key="back-2")


def test_a_return_without_a_key_is_that_of_its_own_receipt(client, clerk, shift, sell, goods):
    item = goods()
    first, second = sell((item, 1), key="bill-0001"), sell((item, 1), key="bill-0002")
    maker = first.lines.get().partner_id
    client.force_login(clerk)

    for sale in (first, second):
        client.post(f"/quay/hoa-don/{sale.number}/tra/", {"partner": maker, "restock": "1"})

    assert set(SaleReturn.objects.values_list("sale", flat=True)) == {first.pk, second.pk}


def test_a_transfer_hands_over_when_the_money_is_seen(clerk, counter, shift, sell, goods):
    item = goods(price=98_000)

    sale = sell((item, 1), payment="vietqr")

    assert not sale.is_paid
    assert not services.sale_paid(actor=doors.actor(clerk), sale=sale)
    assert services.sale_paid(actor=doors.actor(clerk), sale=sale, seen=True)
    sale.refresh_from_db()
    assert sale.is_paid
    assert Order.objects.get().status == "completed"
    assert _left(counter, item) == 4
    assert services.shift_close(actor=doors.actor(clerk), shift=shift, counted_cash=500_000).difference == 0


def test_only_clerks_of_this_counter_sell_here(shift, sell, goods):
    item = goods()
    there = doors.actor(doors.clerk(doors.point()))

    for stranger in (GUEST, doors.actor(doors.person()), there):
        with pytest.raises(NotPermitted):
            sell((item, 1), actor=stranger)

    assert not Order.objects.exists()


def test_goods_come_with_a_slip_and_go_back_with_one(clerk, counter):
    partner = market.seller()
    item = market.product(partner, stock=0)
    me = {"actor": doors.actor(clerk), "point": counter, "partner": partner, "person": "A Blin"}

    came = services.slip_make(kind="in", lines=[(item.pk, 8)], key="n-1", **me)
    again = services.slip_make(kind="in", lines=[(item.pk, 8)], key="n-1", **me)
    services.slip_make(kind="out", lines=[(item.pk, 3)], key="x-1", **me)

    assert came.pk == again.pk
    assert _left(counter, item) == 5
    with pytest.raises(errors.NotHere):
        services.slip_make(kind="in", lines=[(market.product().pk, 1)], key="n-2", **me)
