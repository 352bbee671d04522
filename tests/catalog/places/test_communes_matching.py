import pytest

from catalog.places.errors import UnitNotFound
from catalog.places.models import AdminUnit
from catalog.places.selectors import commune_get, communes_matching, communes_of, former_districts, provinces

pytestmark = pytest.mark.usefixtures("units")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        pytest.param("dak ha", "23500", id="no-diacritics"),
        pytest.param("Đắk Hà", "23500", id="office-spelling"),
        pytest.param("ĐĂK HÀ", "23500", id="capitals"),
        pytest.param("Đa\u0306k Ha\u0300", "23500", id="nfd"),
        pytest.param("xa dak ha", "23500", id="with-its-kind"),
        pytest.param("mang d", "23473", id="unfinished"),
        pytest.param("bờ y", "23377", id="bo-y"),
        pytest.param("pờ y", "23377", id="po-y"),
        pytest.param("măng buk", "23455", id="mang-buk"),
        pytest.param("mang but", "23455", id="mang-but"),
        pytest.param("ngok lay", "23446", id="former-commune-in-the-other-spelling"),
        pytest.param("plei kan", "23377", id="former-township"),
        pytest.param("mang den, quang ngai", "23473", id="with-province"),
        pytest.param("mang den kon tum", "23473", id="with-former-province"),
        pytest.param("ba dinh ha noi", "00004", id="same-name-elsewhere"),
    ],
)
def test_a_commune_is_found_as_people_type_it(typed, code):
    assert communes_matching(typed)[0].code == code


def test_the_commune_of_that_name_comes_before_those_of_the_district_of_that_name():
    hits = communes_matching("dak ha", limit=20)

    assert hits[0].name == "Xã Đăk Hà"
    assert {"Xã Đăk Ui", "Xã Đăk Mar", "Xã Ngọk Réo"} <= {hit.name for hit in hits}


def test_a_word_is_not_found_in_the_middle_of_another():
    assert communes_matching("ang den") == []


@pytest.mark.parametrize("typed", ["", "   ", "%", "' OR 1=1 --", "_", "|", "\x00"])
def test_text_without_words_finds_nothing_and_breaks_nothing(typed):
    assert [hit.name for hit in communes_matching(typed)] == []


def test_one_query_for_any_text(django_assert_num_queries):
    with django_assert_num_queries(1):
        communes_matching("xa dak ha mang den bo y kon tum quang ngai", limit=12)


def test_a_province_narrows_the_search():
    assert [hit.code for hit in communes_matching("ba dinh", province="01")] == ["00004"]


def test_a_code_that_was_reused_names_the_unit_of_today():
    assert commune_get("23446").name == "Xã Măng Ri"
    assert AdminUnit.objects.get(code="23446", valid_to__isnull=False).name == "Xã Tê Xăng"


def test_a_commune_of_the_past_is_no_address():
    with pytest.raises(UnitNotFound):
        commune_get("23281")


def test_there_are_34_provinces_and_ten_former_districts():
    assert len(provinces()) == 34
    assert [unit.short_name for unit in former_districts()][:3] == ["Đăk Glei", "Đăk Hà", "Đăk Tô"]
    assert len(former_districts()) == 10
    assert len(communes_of("51")) == 40
