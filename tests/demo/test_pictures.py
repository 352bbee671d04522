"""Pictures of the demo market: drawn once, marked as illustrations, borrowed by goods made for load."""

import pytest

from catalog.pictures.selectors import galleries
from config.demo import pictures
from kernel.pictures.models import Picture
from tests.factories import market

pytestmark = pytest.mark.django_db


def real(row, title, number=13, kind="coffee_roasted"):
    return market.product(title=title, register_row=row, registered_name=title, set_number=number, kind=kind)


def test_three_views_of_every_product_and_one_of_every_gift_set():
    coffee, honey = real(1, "Cà phê bột Đăk Mar"), real(2, "Mật ong rừng", 4, "honey")
    box = market.combo([(coffee, 1), (honey, 1)])

    drawn, fronts = pictures.draw_all()

    shown = galleries([coffee.pk, honey.pk, box.pk])
    assert drawn == 7
    assert [len(shown[pk]) for pk in (coffee.pk, honey.pk, box.pk)] == [3, 3, 1]
    assert fronts == [shown[pk][0].pk for pk in (coffee.pk, honey.pk, box.pk)]
    assert all(picture.illustration for gallery in shown.values() for picture in gallery)
    assert "Cà phê bột Đăk Mar" in shown[coffee.pk][0].alt_vi


def test_a_second_run_draws_nothing():
    real(1, "Cà phê bột Đăk Mar")
    pictures.draw_all()

    assert pictures.draw_all() == (0, [])
    assert Picture.objects.count() == 3


def test_two_neighbours_of_one_kind_do_not_look_alike():
    real(1, "Cà phê bột Đăk Mar"), real(2, "Cà phê bột Đăk Hà")

    pictures.draw_all()

    assert len(set(Picture.objects.values_list("digest", flat=True))) == 6


def test_cards_get_their_sizes_at_once_and_the_rest_waits():
    coffee = real(1, "Cà phê bột Đăk Mar")
    _drawn, fronts = pictures.draw_all()

    assert pictures.make_first(fronts) == 1

    front, detail, _scene = galleries([coffee.pk])[coffee.pk]
    assert front.widths == [200, 400]
    assert not detail.ready


def test_goods_made_for_load_show_the_pictures_of_a_real_one_of_their_kind():
    coffee = real(1, "Cà phê bột Đăk Mar")
    real(2, "Mật ong rừng", 4, "honey")
    copy = market.product(title="Cà phê 5001", set_number=13, kind="coffee_roasted")

    pictures.draw_all()

    shown = galleries([coffee.pk, copy.pk])
    assert shown[copy.pk] == shown[coffee.pk]
