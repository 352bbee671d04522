from datetime import date

import pytest

from catalog.places.models import AdminUnit
from catalog.places.selectors import communes_matching
from catalog.places.services import units_load
from kernel.text import nfc


@pytest.mark.django_db
def test_the_whole_country_is_loaded_once():
    assert units_load() == 34 + 3321 + 113

    assert units_load() == 0
    today = AdminUnit.objects.on(date(2026, 1, 1))
    assert today.filter(level="commune").count() == 3321
    assert today.filter(level="province").count() == 34
    assert AdminUnit.objects.on(date(2025, 6, 30)).filter(level="commune").count() == 102
    assert not AdminUnit.objects.filter(parent=None).exclude(level="province").exists()


def test_every_commune_of_2023_became_exactly_one_of_today(units):
    for old in AdminUnit.objects.filter(level="commune", valid_to__isnull=False):
        assert old.successors.count() == 1
        assert old.successors.get().historic_district == old.parent


def test_names_are_nfc_and_spelled_as_people_do(units):
    unit = AdminUnit.objects.get(code="615")

    assert (unit.name, unit.local_spelling, unit.slug) == ("Huyện Đắk Hà", "Huyện Đăk Hà", "dak-ha")
    assert all(name == nfc(name) for name in AdminUnit.objects.values_list("name", flat=True))


def test_former_names_are_kept_as_aliases(units):
    names = set(AdminUnit.objects.get(code="23377", valid_to=None).aliases.values_list("name", flat=True))

    assert {"Plei Kần", "Pờ Y", "Ngọc Hồi", "Kon Tum"} <= names


def test_communes_of_kon_tum_have_a_label_point_inside_the_region(units):
    points = AdminUnit.objects.filter(historic_district__isnull=False).values_list("label_lat", "label_lon")

    assert len(points) == 40
    assert all(13.8 < lat < 15.6 and 107.2 < lon < 108.7 for lat, lon in points)


@pytest.mark.django_db
def test_typed_marks_decide_between_names_that_fold_alike():
    units_load()

    assert {hit.name for hit in communes_matching("ba dinh")} == {"Xã Ba Đình", "Xã Ba Dinh", "Phường Ba Đình"}
    assert [hit.name for hit in communes_matching("ba đình")][-1] == "Xã Ba Dinh"
    assert communes_matching("ba đình", limit=1)[0].name.endswith("Ba Đình")
