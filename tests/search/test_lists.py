"""List pages over HTTP: hits, facets, chips, words about wrong input."""

import datetime as dt
import json
import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day(monkeypatch):
    monkeypatch.setattr("kernel.clock.now", lambda: dt.datetime(2026, 11, 24, 3, tzinfo=dt.UTC))


def get(path, **query):
    return Client().get(path, query)


def names(response):
    return re.findall(r'class="product__name"><a href="[^"]*"[^>]*>([^<]+)', response.content.decode())


def count(response, name, value):
    found = re.search(rf'name="{name}" value="{value}".*?choice__count">(\d+)', response.content.decode(), re.S)
    return int(found.group(1)) if found else None


def test_all_products_stand_in_one_list(market):
    response = get("/san-pham/")

    assert response.status_code == 200
    assert len(names(response)) == 7
    assert "7 sản phẩm" in response.content.decode()


def test_a_combo_stands_among_the_gifts(market):
    assert names(get("/qua-tang/")) == [market["gift"].title]


@pytest.mark.parametrize("text", ["ca phe dak ha", "cà phê Đắk Hà", "CÀ PHÊ ĐĂK HÀ", "cà phê Đắk Hà", "cà fê đăk hà"])
def test_spellings_find_the_same_in_the_same_order(market, text):
    assert names(get("/tim/", q=text)) == [
        "Cà phê bột pha phin Đăk Hà", "Cà phê nguyên hạt Đăk Hà", "Cà phê đặc biệt Sáu Nhung", market["gift"].title,
    ]  # fmt: skip


def test_facets_count_under_all_filters_but_their_own(market):
    response = get("/san-pham/", bo=["ca-phe-ca-cao", "mat-ong"], huyen="613")

    assert names(response) == ["Cà phê bột De Măng Đen", "Mật ong rừng Pa Dương"]
    assert count(response, "bo", "ca-phe-ca-cao") == 1
    assert count(response, "bo", "mat-ong") == 1
    assert count(response, "huyen", "613") == 2
    assert count(response, "huyen", "615") == 3


def test_a_second_value_of_a_facet_adds(market):
    one = get("/san-pham/", huyen="615")
    both = get("/san-pham/", huyen=["613", "615"])

    assert (len(names(one)), len(names(both))) == (3, 7)
    assert count(one, "huyen", "613") == count(both, "huyen", "613") == 4


def test_price_and_stock_filter(market):
    assert names(get("/san-pham/", **{"gia-tu": "120.000", "gia-den": "180000 ₫", "sap-xep": "gia-tang"})) == [
        "Cà phê bột De Măng Đen", "Trà sâm dây Ngọc Linh", "Cà phê đặc biệt Sáu Nhung", "Vang Sim rừng Măng Đen",
    ]  # fmt: skip
    assert "Mật ong rừng Pa Dương" not in names(get("/san-pham/", **{"con-hang": "1"}))


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("gia-tang", "Cà phê nguyên hạt Đăk Hà"),
        ("gia-giam", "Mật ong rừng Pa Dương"),
        ("nhieu-sao", "Cà phê đặc biệt Sáu Nhung"),
        ("hop-mua", "Cà phê bột pha phin Đăk Hà"),
    ],
)
def test_orders(market, sort, first):
    assert names(get("/san-pham/", **{"sap-xep": sort}))[0] == first


def test_out_of_season_goods_come_last(market):
    assert names(get("/san-pham/", **{"sap-xep": "hop-mua"}))[-1] == "Vang Sim rừng Măng Đen"


def test_a_category_has_its_own_page_without_its_own_facet(market):
    group, kind = get("/nhom/thuc-pham/"), get("/nhom/mat-ong/")

    assert (len(names(group)), names(kind)) == (5, ["Mật ong rừng Pa Dương"])
    assert count(group, "nhom", "thuc-pham") is None
    assert count(group, "bo", "mat-ong") == 1
    assert get("/nhom/khong-co/").status_code == 404


def test_chips_undo_one_filter_each(market):
    page = get("/san-pham/", sao="4", huyen=["613", "615"]).content.decode()

    chips = re.findall(r'class="chip chip--on" href="([^"]*)">([^<]*)', page)
    assert chips == [
        ("?huyen=613&amp;huyen=615", "4 sao"),
        ("?sao=4&amp;huyen=615", "Kon Plông"),
        ("?sao=4&amp;huyen=613", "Đắk Hà"),
    ]


def test_an_empty_list_offers_the_one_filter_to_drop(market):
    page = get("/san-pham/", sao="4", bo="mat-ong").content.decode()

    assert "Chưa có món nào khớp cả 2 điều" in page
    assert 'href="?sao=4">Bỏ “Mật ong”: 1 món' in page
    assert 'href="?bo=mat-ong">Bỏ “4 sao”: 1 món' in page


def test_english_stands_under_en(market):
    page = get("/en/san-pham/").content.decode()

    assert "7 products" in page and "Sort by" in page
    assert '<a href="/en/san-pham/' in page and "Whole coffee beans" in page
    assert re.search(r'lang="vi">Mật ong rừng Pa Dương', page)


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        pytest.param({"trang": "0"}, 400, "Không có trang này", id="page zero"),
        pytest.param({"trang": "-1"}, 400, "Không có trang này", id="page minus one"),
        pytest.param({"trang": "²"}, 400, "Không có trang này", id="page superscript"),
        pytest.param({"trang": "9" * 400}, 400, "Không có trang này", id="page of 400 digits"),
        pytest.param({"trang": "417"}, 400, "Chỉ xem được tới trang 416", id="too deep"),
        pytest.param({"trang": "99"}, 404, "Không có trang này", id="past the end"),
        pytest.param({"gia-tu": "rẻ"}, 400, "Giá là số đồng", id="price in words"),
        pytest.param({"gia-tu": "9" * 30}, 400, "Giá là số đồng", id="price too big"),
        pytest.param({"gia-tu": "2", "gia-den": "1"}, 400, "Giá “từ” đang cao hơn", id="prices crossed"),
        pytest.param({"sap-xep": "rating; DROP"}, 400, "Không có cách xếp này", id="unknown order"),
        pytest.param({"sao": "6"}, 400, "điều kiện lọc ở đây không có", id="six stars"),
        pytest.param({"huyen": "'\"<script>"}, 400, "điều kiện lọc ở đây không có", id="script"),
        pytest.param({"nha-san-xuat": [f"x{n}" for n in range(30)]}, 400, "điều kiện lọc", id="thirty makers"),
        pytest.param({"con-hang": "maybe"}, 400, "điều kiện lọc ở đây không có", id="maybe"),
        pytest.param({"q": "a" * 101}, 400, "Từ tìm dài quá", id="long words"),
        pytest.param({"q": '\x00\ud7ff AND (" OR *:* [1 TO 2] ~ ^ \\ / regex:/.*/'}, 200, "", id="query syntax"),
        pytest.param({"q": "* ? .* a.*b"}, 200, "", id="wild cards"),
        pytest.param({"q": "🍯 " * 40}, 200, "", id="emoji"),
        pytest.param({"la": "gi", "fbclid": "x"}, 200, "", id="unknown parameters"),
    ],
)
def test_hostile_parameters_get_plain_words(market, query, status, words):
    for path in ("/san-pham/", "/tim/", "/qua-tang/", "/nha-san-xuat/", "/nhom/thuc-pham/"):
        response = get(path, **query)

        assert (path, response.status_code) == (path, status)
        assert words in response.content.decode()


def test_suggestions_go_on_from_the_last_word(market):
    data = get("/tim/goi-y", q="sáu nh").json()

    assert [(entry["kind"], entry["text"]) for entry in data["suggestions"][:2]] == [
        ("producer", "HTX Sáu Nhung"),
        ("product", "Cà phê đặc biệt Sáu Nhung"),
    ]
    assert data["suggestions"][0]["url"] == "/nha-san-xuat/htx-sau-nhung/"


def test_no_words_no_suggestions(market):
    assert get("/tim/goi-y").json() == {"q": "", "suggestions": []}


@pytest.mark.parametrize(
    ("text", "first"),
    [
        pytest.param("nguyen ha", "Cà phê nguyên hạt Đăk Hà", id="prefix of the last word"),
        pytest.param("ngoc lnih", "Trà sâm dây Ngọc Linh", id="two letters changed over"),
        pytest.param("mat ong rungg", "Mật ong rừng Pa Dương", id="a letter too many"),
        pytest.param("caphe dakha", "Cà phê bột pha phin Đăk Hà", id="no spaces"),
        pytest.param("ngok reo", "Cà phê bột pha phin Đăk Hà", id="former commune"),
        pytest.param("huyện Kon Plông", "Cà phê bột De Măng Đen", id="former district"),
        pytest.param("whole beans", "Cà phê nguyên hạt Đăk Hà", id="English"),
        pytest.param("nước sôi", "Trà sâm dây Ngọc Linh", id="only in the description"),
        pytest.param("quà trà sâm dây", "Trà sâm dây Ngọc Linh", id="one word too many"),
    ],
)
def test_words_find(market, text, first):
    assert names(get("/tim/", q=text))[0] == first


def test_makers_stand_in_a_list_of_their_own(market):
    page = get("/nha-san-xuat/", q="sim").content.decode()

    assert "Công ty Sim Thiên Sơn" in page and "HTX Sáu Nhung" not in page


def test_lists_need_few_queries(market, django_assert_max_num_queries):
    get("/san-pham/")
    for path in ("/san-pham/", "/nhom/thuc-pham/", "/tim/"):
        with django_assert_max_num_queries(2):
            get(path, huyen="615")


def test_machines_read_the_path_and_the_goods(market):
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', get("/nhom/mat-ong/").content.decode())
    crumbs, goods = [json.loads(block) for block in blocks]

    assert [step["name"] for step in crumbs["itemListElement"]] == ["Trang chủ", "Sản phẩm", "Mật ong"]
    assert goods["numberOfItems"] == 1
    assert goods["itemListElement"][0]["url"].endswith(f"/san-pham/{market['honey'].slug}/")


def test_the_frame_is_the_same_page_for_all_but_the_results(market):
    first, second = get("/san-pham/", huyen="615").content.decode(), get("/san-pham/", huyen="613").content.decode()

    assert "?huyen=615" in re.search(r'href="(/en/san-pham/[^"]*)" lang="en"', first).group(1)
    assert "?huyen=613" in re.search(r'href="(/en/san-pham/[^"]*)" lang="en"', second).group(1)
    assert "\ue000" not in first + second and "ocop-query-mark" not in first + second
    assert 'value="cà &amp; phê &lt;b&gt;"' in get("/tim/", q="cà & phê <b>").content.decode()
