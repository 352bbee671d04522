import pytest
from django.core.exceptions import ValidationError

from cms.addresses import is_reserved, reserved_words
from cms.base import SitePageForm
from cms.pages.models import PlainPage, StoryPage
from tests.cms.conftest import add, tell

WORDS = [
    "san-pham",
    "qua-tang",
    "gio-hang",
    "thanh-toan",
    "don-hang",
    "tra-cuu",
    "nha-san-xuat",
    "tim",
    "tai-khoan",
    "dang-nhap",
    "01",
    "t",
    "cms",
    "he-thong",
    "api",
    "en",
    "vi",
    "static",
    "media",
]


@pytest.mark.parametrize("word", WORDS)
def test_words_of_the_shop_are_reserved(word):
    assert is_reserved(word)


@pytest.mark.parametrize("word", ["cau-chuyen", "du-lich", "quy-che-hoat-dong", "ve-chung-toi"])
def test_words_of_pages_are_free(word):
    assert not is_reserved(word)


def test_no_page_is_put_over_an_address_of_the_shop(site):
    page = add(site.home, PlainPage, title="Giỏ", slug="gio-ho")
    page.slug = "gio-hang"

    with pytest.raises(ValidationError) as refused:
        page.save()

    assert "slug" in refused.value.message_dict
    assert PlainPage.objects.get(pk=page.pk).slug == "gio-ho"


def test_the_editors_form_names_the_field(site):
    form_class = PlainPage.get_edit_handler().get_form_class()
    assert issubclass(form_class, SitePageForm)
    form = form_class(
        data={
            "title": "Sản phẩm",
            "slug": "san-pham",
            "lead": "",
            "body-count": "0",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
        },
        instance=PlainPage(),
        parent_page=site.home,
    )

    assert not form.is_valid()
    assert "slug" in form.errors


def test_below_a_list_the_same_word_is_free(site):
    story = tell(site.stories, slug="san-pham")

    assert story.url == "/cau-chuyen/san-pham/"


def test_d_with_a_stroke_becomes_d(site):
    story = add(site.stories, StoryPage, title="Đăk Hà, đất đỏ", lead="x")

    assert story.slug == "dak-ha-dat-do"


def test_reserved_words_come_from_the_urlconf():
    assert {"healthz", "du-an-khong-co"} & reserved_words() == {"healthz"}
