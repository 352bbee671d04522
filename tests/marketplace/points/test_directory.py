import pytest

from kernel.actors import SYSTEM
from kernel.errors import NotPermitted
from marketplace.inventory import services as inventory
from marketplace.points import selectors, services
from marketplace.points.models import SalesPoint
from tests.factories import doors, market

pytestmark = pytest.mark.django_db


def test_the_directory_lists_open_points_only(client):
    open_one = doors.point("Nhà trưng bày Kon Tum")
    closed = doors.point("Hội chợ đã qua")
    SalesPoint.objects.filter(pk=closed.pk).update(is_active=False)

    page = client.get("/diem-ban/").content.decode()

    assert "Nhà trưng bày Kon Tum" in page and f"/diem-ban/{open_one.slug}/" in page
    assert "Hội chợ đã qua" not in page
    assert client.get(f"/diem-ban/{closed.slug}/").status_code == 404
    assert client.get("/diem-ban/khong-co/").status_code == 404


def test_a_point_shows_where_when_and_what_lies_there(client):
    point = doors.point("Nhà trưng bày", address="5 Nguyễn Huệ", hours="8:00 đến 20:00", phone="0260 3862 000")
    here, elsewhere = market.product(stock=0, title="Cà phê ở đây", price=98_000), market.product(title="Ở kho khác")
    doors.bring(point, here, 4)

    page = client.get(f"/diem-ban/{point.slug}/").content.decode()

    assert "5 Nguyễn Huệ" in page and "8:00 đến 20:00" in page
    assert "Cà phê ở đây" in page and "98.000" in page
    assert elsewhere.title not in page


def test_what_was_sold_here_leaves_the_page(client):
    point = doors.point()
    item = market.product(stock=0, title="Mật ong cuối cùng")
    doors.bring(point, item, 1)
    assert "Mật ong cuối cùng" in client.get(f"/diem-ban/{point.slug}/").content.decode()

    inventory.lose(actor=SYSTEM, product_id=item.pk, location_id=point.location_id, quantity=1, note="vỡ")

    assert selectors.goods_at(point) == []


def test_hidden_goods_are_not_shown(client):
    point = doors.point()
    item = market.product(stock=0)
    doors.bring(point, item, 2)
    type(item).objects.filter(pk=item.pk).update(is_public=False)

    assert selectors.goods_at(point) == []


def test_goods_at_a_point_are_read_in_a_few_queries(django_assert_max_num_queries):
    point = doors.point()
    for _ in range(5):
        doors.bring(point, market.product(stock=0), 2)

    with django_assert_max_num_queries(8):
        assert len(selectors.goods_at(point)) == 5


def test_its_goods_are_not_sold_online():
    from marketplace.inventory.selectors import available

    point = doors.point()
    item = market.product(stock=0)
    doors.bring(point, item, 3)

    assert available([item.pk]) == {item.pk: 0}
    assert available([item.pk], "pos", location_id=point.location_id) == {item.pk: 3}


def test_only_the_office_opens_points_and_lets_clerks_in():
    point, user = doors.point(), doors.person()

    for actor in (doors.actor(user), doors.actor(user, "editors")):
        with pytest.raises(NotPermitted):
            services.point_open(actor=actor, name="Điểm lạ", address="x", hours="x")
        with pytest.raises(NotPermitted):
            services.clerk_add(actor=actor, user=user, point=point)
    services.clerk_add(actor=doors.actor(doors.person(), "office"), user=user, point=point)

    assert list(selectors.points_of_clerk(user)) == [point]


def test_a_clerk_who_left_or_whose_point_closed_has_no_counter():
    point = doors.point()
    user = doors.clerk(point)
    point.members.update(is_active=False)
    assert not selectors.is_clerk(user)

    point.members.update(is_active=True)
    SalesPoint.objects.filter(pk=point.pk).update(is_active=False)

    assert not selectors.is_clerk(user)
    assert not selectors.points_of_clerk(user).exists()


def test_opening_a_point_twice_is_one_point():
    first, second = doors.point("Điểm A"), doors.point("Điểm A")

    assert first.pk == second.pk


def test_a_parcel_is_fetched_only_where_pickup_is_offered():
    fetch, sell_only = doors.point(), doors.point(pickup=False)

    assert fetch in selectors.pickup_points()
    assert sell_only not in selectors.pickup_points()
