from datetime import timedelta

import pytest

from kernel import clock
from kernel.actors import SYSTEM
from kernel.errors import NotPermitted
from marketplace.inventory import selectors as inventory
from marketplace.inventory import services as stock
from marketplace.inventory.errors import BadQuantity, SoldOut
from marketplace.inventory.models import Hold
from marketplace.live import errors, selectors, services
from marketplace.live.models import LiveSession, LiveTake
from marketplace.sellers.services import price_floor_set
from tests.factories import doors, market

pytestmark = pytest.mark.django_db


def _free(item):
    return inventory.available([item.pk])[item.pk]


def _left(session, item):
    return inventory.available([item.pk], "live", session_ref=selectors.ref_of(session))[item.pk]


@pytest.fixture
def host():
    return doors.host()


@pytest.fixture
def me(host):
    return doors.actor(host.user)


@pytest.fixture
def session(host, me):
    return services.session_plan(actor=me, host=host, title="Chợ phiên tối", starts_at=clock.now(), limit=3)


@pytest.fixture
def item():
    made = market.product(stock=10, price=100_000)
    price_floor_set(product=made, price=80_000)
    return made


@pytest.fixture
def on_air(me, session, item):
    """Four pieces at 90,000 ₫, on air."""
    shown = services.item_add(actor=me, session=session, product_id=item.pk, price=90_000, quantity=4)
    services.session_start(actor=me, session=session)
    return shown


def _take(shown, quantity=1, visitor="guest:a", **fields):
    return services.item_take(session=shown.session, item_id=shown.pk, quantity=quantity, visitor=visitor, **fields)


def test_a_session_keeps_its_pieces_from_everybody_else(me, session, item):
    services.item_add(actor=me, session=session, product_id=item.pk, price=90_000, quantity=4)

    assert (_free(item), _left(session, item)) == (6, 4)


def test_more_pieces_than_there_are_cannot_be_kept(me, session, item):
    with pytest.raises(SoldOut):
        services.item_add(actor=me, session=session, product_id=item.pk, price=90_000, quantity=11)

    assert not session.items.exists()
    assert _free(item) == 10


@pytest.mark.parametrize("price", [79_999, 100_001, 1])
def test_a_price_lies_between_the_makers_floor_and_the_usual_price(price, me, session, item):
    with pytest.raises(errors.NotInLiveSale):
        services.item_add(actor=me, session=session, product_id=item.pk, price=price, quantity=1)

    assert _free(item) == 10


@pytest.mark.parametrize("price", [80_000, 100_000])
def test_the_floor_and_the_usual_price_are_allowed(price, me, session, item):
    assert services.item_add(actor=me, session=session, product_id=item.pk, price=price, quantity=1).price == price


def test_without_a_floor_only_the_usual_price_is_allowed(me, session):
    plain = market.product(price=100_000)

    with pytest.raises(errors.NotInLiveSale):
        services.item_add(actor=me, session=session, product_id=plain.pk, price=99_000, quantity=1)
    assert services.item_add(actor=me, session=session, product_id=plain.pk, price=100_000, quantity=1)


def test_alcohol_is_not_sold_live(me, session):
    wine = market.product(price=100_000, abv_percent=12, title="Vang sim")

    with pytest.raises(errors.NotInLiveSale):
        services.item_add(actor=me, session=session, product_id=wine.pk, price=100_000, quantity=1)
    assert wine.pk not in [row["id"] for row in selectors.find_packs("vang sim")]


def test_ten_goods_are_the_most(me, session):
    for _ in range(10):
        services.item_add(actor=me, session=session, product_id=market.product().pk, price=98_000, quantity=1)

    with pytest.raises(errors.TooManyItems):
        services.item_add(actor=me, session=session, product_id=market.product().pk, price=98_000, quantity=1)


def test_adding_the_same_goods_again_changes_number_and_price_at_one_place(me, session, item):
    seller = item.stockrecords.get().partner
    second = stock.location_create(actor=SYSTEM, name="Kho hai", partner_id=seller.pk, code="kho-hai")
    stock.receive(actor=SYSTEM, product_id=item.pk, location_id=second.pk, quantity=9)
    first = services.item_add(actor=me, session=session, product_id=item.pk, price=90_000, quantity=8)
    services.item_add(actor=me, session=session, product_id=market.product().pk, price=98_000, quantity=1)

    again = services.item_add(actor=me, session=session, product_id=item.pk, price=85_000, quantity=3)

    assert (again.pk, again.price, again.position) == (first.pk, 85_000, first.position)
    assert (_left(session, item), _free(item)) == (3, 16)


def test_who_the_office_has_not_checked_does_not_go_on_air():
    host = doors.host(ready=False)
    me = doors.actor(host.user)
    session = services.session_plan(actor=me, host=host, title="Thử", starts_at=clock.now())

    def start():
        fresh = LiveSession.objects.get(pk=session.pk)
        services.session_start(actor=me, session=fresh)

    with pytest.raises(errors.HostNotReady):
        start()
    services.rules_accept(actor=me, host=host)
    with pytest.raises(errors.HostNotReady):
        start()
    with pytest.raises(NotPermitted):
        services.host_check(actor=me, host_id=host.pk)
    services.host_check(actor=doors.actor(doors.person(), "office"), host_id=host.pk, commission=7)
    start()

    session.refresh_from_db()
    assert session.state == "on_air"
    assert type(host).objects.get(pk=host.pk).commission_percent == 7


def test_nobody_else_steers_a_session(session, on_air, me):
    other = doors.actor(doors.host().user)

    for act in (services.session_pause, services.session_end, services.item_next, services.session_start):
        with pytest.raises(NotPermitted):
            act(actor=other, session=session)
    with pytest.raises(NotPermitted):
        services.item_drop(actor=other, session=session, item=on_air)
    with pytest.raises(errors.SessionNotFound):
        selectors.session_of_host(doors.host(), session.code)


def test_buy_holds_the_pieces_for_ten_minutes(on_air, item, session):
    taken = _take(on_air, 2)

    hold = Hold.objects.get(key=taken.key)
    assert (taken.price, hold.state, hold.channel) == (90_000, "active", "live")
    assert timedelta(minutes=9, seconds=50) < hold.expires_at - clock.now() <= timedelta(minutes=10)
    assert (_left(session, item), _free(item)) == (2, 6)


def test_pressing_twice_with_one_key_takes_once(on_air, item, session):
    assert _take(on_air, key="live:press").pk == _take(on_air, key="live:press").pk
    assert _left(session, item) == 3


def test_a_person_gets_no_more_than_the_limit(on_air):
    _take(on_air, 2)

    with pytest.raises(errors.LimitReached):
        _take(on_air, 2)
    _take(on_air, 1)
    with pytest.raises(errors.LimitReached):
        _take(on_air, 1)
    assert _take(on_air, 1, visitor="guest:b")


def test_what_ran_out_of_time_counts_no_longer_and_goes_back(on_air, item, session):
    taken = _take(on_air, 3)
    past = clock.now() - timedelta(seconds=1)
    LiveTake.objects.filter(pk=taken.pk).update(expires_at=past)
    Hold.objects.filter(key=taken.key).update(expires_at=past)

    stock.expire_due()

    assert _left(session, item) == 4
    assert _take(on_air, 3)


def test_the_session_sells_no_more_than_its_pieces(on_air, item):
    _take(on_air, 3)

    with pytest.raises(SoldOut):
        _take(on_air, 2, visitor="guest:b")
    assert _free(item) == 6


@pytest.mark.parametrize("quantity", [0, -1])
def test_a_number_that_makes_no_sense_holds_nothing(quantity, on_air):
    with pytest.raises(BadQuantity):
        _take(on_air, quantity)


def test_goods_are_sold_only_on_air_and_while_not_stopped(me, session, on_air):
    services.item_stop(actor=me, session=session, item=on_air)
    with pytest.raises(errors.LiveOver):
        _take(on_air)
    services.item_stop(actor=me, session=session, item=on_air, stopped=False)
    services.session_pause(actor=me, session=session)
    with pytest.raises(errors.LiveOver):
        _take(on_air)
    services.session_start(actor=me, session=session)
    assert _take(on_air)


def test_the_end_gives_pieces_back_but_not_those_that_are_held(me, session, on_air, item):
    taken = _take(on_air, 1)

    services.session_end(actor=me, session=session)
    services.session_end(actor=me, session=session)

    assert _free(item) == 9
    with pytest.raises(errors.LiveOver):
        _take(on_air)
    with pytest.raises(errors.LiveOver):
        services.session_start(actor=me, session=session)
    stock.release(key=taken.key)
    assert _free(item) == 10
    assert inventory.ledger_errors() == []


def test_goods_taken_out_with_buyers_waiting_are_not_sold_from_the_common_stock(me, session, on_air, item):
    _take(on_air, 1)
    services.item_drop(actor=me, session=session, item=on_air)

    with pytest.raises(errors.LiveOver):
        services.item_stop(actor=me, session=session, item=on_air, stopped=False)

    assert _free(item) == 9
    with pytest.raises(errors.LiveOver):
        _take(on_air, visitor="guest:b")


def test_a_session_that_its_host_forgot_ends_by_itself(session, on_air, item):
    LiveSession.objects.filter(pk=session.pk).update(started_at=clock.now() - timedelta(hours=7))

    assert services.sessions_expire() == 1
    assert services.sessions_expire() == 0
    assert _free(item) == 10


def test_the_next_goods_are_pinned_in_turn_and_stopped_ones_left_out(me, session, on_air):
    second = services.item_add(actor=me, session=session, product_id=market.product().pk, price=98_000, quantity=1)
    third = services.item_add(actor=me, session=session, product_id=market.product().pk, price=98_000, quantity=1)
    services.item_stop(actor=me, session=session, item=second)
    seen = []

    for _ in range(3):
        services.item_next(actor=me, session=session)
        session.refresh_from_db()
        seen.append(session.pinned_id)

    assert seen == [on_air.pk, third.pk, on_air.pk]
