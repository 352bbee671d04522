"""List pages over HTTP: hits, facets, chips, words about wrong input."""

import datetime as dt
import re

import pytest
from django.test import Client

from tests.search.conftest import TODAY

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
        "Cà phê bột pha phin Đăk Hà", "Cà phê nguyên hạt Đăk Hà", "Cà phê đặc biệt Sáu Nhung",
    ]  # fmt: skip
