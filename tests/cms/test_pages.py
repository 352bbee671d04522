import json

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from cms.media.models import CmsImage
from cms.navigation.models import Menu, MenuItem, Operator
from cms.pages.models import NewsPage, PlainPage, StoryPage
from cms.pages.selectors import document_ids, documents, sitemap_entries
from kernel import pagecache
from marketplace.storefront.models import Aside
from tests.cms.conftest import add, tell, village


def read(path, **extra):
    return Client().get(path, **extra)


def test_a_story_shows_its_goods_with_todays_price(site, goods):
    tell(site.stories, goods.pk)

    page = read("/cau-chuyen/nuong-ca-phe/").content.decode()

    assert goods.title in page
    assert "98.000" in page


def test_publishing_reaches_the_product_page_though_it_was_cached(
    site, goods, settings, django_capture_on_commit_callbacks
):
    settings.PAGE_CACHE = True
    pagecache.store.clear()
    address = f"/san-pham/{goods.slug}/"
    before = read(address).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        tell(site.stories, goods.pk, title="Chuyện nương xa")

    after = read(address).content.decode()
    assert "Chuyện nương xa" not in before
    assert "Chuyện nương xa" in after


def test_a_story_taken_down_leaves_the_product(site, goods):
    story = tell(site.stories, goods.pk)
    assert Aside.objects.get(product=goods).stories

    story.unpublish()

    assert Aside.objects.get(product=goods).stories == []


def test_a_product_dropped_from_a_story_forgets_it(site, goods):
    story = tell(site.stories, goods.pk)

    story.body = json.dumps([{"type": "text", "value": "<p>Không còn món nào.</p>"}])
    story.save_revision().publish()

    assert Aside.objects.get(product=goods).stories == []


def test_both_languages_are_one_story_for_the_product(site, goods):
    story = tell(site.stories, goods.pk)
    twin = add(site.stories_en, StoryPage, twin=story, title="The field", slug="nuong-ca-phe", lead="Short.")
    twin.save_revision().publish()

    [kept] = Aside.objects.get(product=goods).stories
    assert (kept["page"], kept["title_en"], kept["url_en"]) == (story.pk, "The field", "/en/cau-chuyen/nuong-ca-phe/")


def test_a_page_not_translated_is_an_alias_that_says_so(site):
    news = add(site.news, NewsPage, title="Chợ mở cửa", slug="cho-mo-cua", lead="Sáng mai.")
    news.copy_for_translation(site.home_en.locale, copy_parents=True, alias=True)

    page = read("/en/tin-tuc/cho-mo-cua/").content.decode()

    assert "This page is in Vietnamese only." in page
    assert '<article lang="vi">' in page
    assert "/tin-tuc/cho-mo-cua/" in page.split('rel="canonical" href="')[1].split('"')[0]


def test_the_editors_new_page_gets_its_alias_at_once(site, editor, client):
    client.force_login(editor)
    answer = client.post(
        f"/cms/pages/add/cms_pages/newspage/{site.news.pk}/",
        {"title": "Tin mới", "slug": "tin-moi", "lead": "Một câu.", "picture_alt": "", "body-count": "0",
         "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", "action-publish": "1"},
    )  # fmt: skip

    assert answer.status_code == 302, answer.context and answer.context["form"].errors
    alias = NewsPage.objects.get(slug="tin-moi", locale__language_code="en")
    assert alias.alias_of.slug == "tin-moi"


def test_pages_set_no_cookie_and_ask_no_session(site, goods):
    tell(site.stories, goods.pk)
    village(site.tourism)

    for path in ("/", "/cau-chuyen/", "/cau-chuyen/nuong-ca-phe/", "/du-lich/", "/du-lich/kon-pring/", "/en/"):
        answer = read(path)
        assert answer.status_code == 200, path
        assert not answer.cookies, path
        assert "Cookie" not in answer.headers.get("Vary", ""), path


def test_pages_carry_no_inline_script_or_style(site, goods):
    tell(site.stories, goods.pk)

    page = read("/cau-chuyen/nuong-ca-phe/").content.decode()

    assert "style=" not in page
    assert [part.split(">")[0] for part in page.split("<script")[1:] if "src=" not in part.split(">")[0]] == [
        ' type="application/ld+json"'
    ] * 2


def test_a_story_asks_few_questions(site, goods, django_assert_max_num_queries):
    tell(site.stories, goods.pk)
    read("/cau-chuyen/nuong-ca-phe/")

    with django_assert_max_num_queries(8):
        read("/cau-chuyen/nuong-ca-phe/")


def test_a_list_asks_the_same_for_one_story_and_for_five(site, django_assert_max_num_queries):
    for n in range(5):
        tell(site.stories, title=f"Chuyện {n}", slug=f"chuyen-{n}")
    read("/cau-chuyen/")

    with django_assert_max_num_queries(6):
        assert read("/cau-chuyen/").content.decode().count('<article class="teaser">') == 5


def test_a_draft_is_not_seen(site):
    story = tell(site.stories)
    story.title = "Chưa xong"
    story.save_revision()

    assert "Chưa xong" not in read(story.url).content.decode()


def test_structured_data_never_ends_the_element(site):
    tell(site.stories, title="</script><script>alert(1)</script>")

    page = read("/cau-chuyen/nuong-ca-phe/").content.decode()

    assert "<script>alert(1)" not in page
    data = page.split('<script type="application/ld+json">')[2].split("</script>")[0]
    assert json.loads(data)["headline"] == "</script><script>alert(1)</script>"


def test_a_picture_needs_words(site):
    image = CmsImage.objects.create(title="x", description="x", file="x.jpg", width=10, height=10)

    with pytest.raises(ValidationError) as refused:
        add(site.stories, StoryPage, title="Có ảnh", lead="x", picture=image)

    assert "picture_alt" in refused.value.message_dict


def test_each_version_of_a_plain_page_stays_readable(site):
    page = add(site.home, PlainPage, title="Đổi trả", slug="doi-tra", version="1.0", body=json.dumps(
        [{"type": "text", "value": "<p>Bảy ngày.</p>"}]))  # fmt: skip
    page.save_revision().publish()
    page.version, page.body = "2.0", json.dumps([{"type": "text", "value": "<p>Mười ngày.</p>"}])
    page.save_revision().publish()

    now, former = read("/doi-tra/").content.decode(), read("/doi-tra/ban/1-0/").content.decode()

    assert "Mười ngày." in now and "Bảy ngày." not in now and "/doi-tra/ban/1-0/" in now
    assert "Bảy ngày." in former and "Đây là bản cũ." in former
    assert read("/doi-tra/ban/9-9/").status_code == 404


def test_empty_facts_of_the_operator_are_marked_not_hidden(site):
    body = json.dumps([{"type": "text", "value": "<p>Gọi {{ operator.phone }}.</p>"}])
    page = add(site.home, PlainPage, title="Về chợ", slug="ve-cho", body=body)
    page.save_revision().publish()

    assert '<mark class="unset">chưa điền</mark>' in read("/ve-cho/").content.decode()


def test_pages_are_in_the_sitemap_and_aliases_are_not(site):
    story = tell(site.stories)
    story.copy_for_translation(site.home_en.locale, copy_parents=True, alias=True)

    [entry] = [e for e in sitemap_entries() if e.path == "/cau-chuyen/nuong-ca-phe/"]
    assert entry.path_en == ""


def test_pages_are_documents_of_the_search(site):
    story = tell(site.stories)

    assert document_ids() == [story.pk]
    [found] = documents([story.pk])
    assert (found.title, found.url, found.text) == ("Nương cà phê", "/cau-chuyen/nuong-ca-phe/", "Nương ở trên đồi.")


def test_a_draft_can_be_looked_at_before_it_is_published(site, editor, client, goods):
    client.force_login(editor)
    story = tell(site.stories)
    form = {"title": "Bản đang viết", "slug": story.slug, "lead": "x", "picture_alt": "", "sources": "", "body-count": "1",
            "body-0-deleted": "", "body-0-order": "0", "body-0-type": "products", "body-0-id": "",
            "body-0-value-title": "", "body-0-value-products-count": "1", "body-0-value-products-0-deleted": "",
            "body-0-value-products-0-order": "0", "body-0-value-products-0-type": "item",
            "body-0-value-products-0-id": "", "body-0-value-products-0-value": str(goods.pk),
            "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}  # fmt: skip
    address = f"/cms/pages/{story.pk}/edit/preview/"
    assert client.post(address, form).json()["is_valid"]

    page = client.get(address + "?in_preview_panel=true").content.decode()

    assert "Bản đang viết" in page
    assert goods.title in page


def test_the_operator_stands_in_the_footer(site):
    Operator.objects.create(
        site=site.home.get_site(), name="HTX Chợ phiên", registration="6100000000", address="Kon Tum"
    )

    page = read("/cau-chuyen/").content.decode()

    assert "HTX Chợ phiên" in page and "6100000000" in page


def test_menus_follow_the_language(site):
    menu = Menu.objects.create(place="main", title="Chính")
    MenuItem.objects.create(menu=menu, text="Chuyện làng", text_en="Tales", page=site.stories)
    MenuItem.objects.create(menu=menu, text="Hàng", text_en="Goods", address="/san-pham/")

    vi, en = read("/cau-chuyen/").content.decode(), read("/en/cau-chuyen/").content.decode()

    assert '<a class="nav__link" href="/cau-chuyen/">Chuyện làng</a>' in vi
    assert '<a class="nav__link" href="/en/cau-chuyen/">Tales</a>' in en
    assert '<a class="nav__link" href="/en/san-pham/">Goods</a>' in en


def test_a_menu_never_leads_out_of_the_shop(site):
    menu = Menu.objects.create(place="main", title="Chính")

    for address in ("//evil.example", "https://evil.example", "/\\evil.example"):
        with pytest.raises(ValidationError):
            MenuItem(menu=menu, text="x", address=address).full_clean()
