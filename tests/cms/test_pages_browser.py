"""Pages of the CMS in a real browser: axe in both schemes, no sideways scrolling at 320 px, the form without script."""

from __future__ import annotations

import json

import pytest
from django.conf import settings
from playwright.sync_api import expect

from cms.tourism.models import BookingRequest, RoutePage, RouteStop
from config.locale import build
from tests.cms.conftest import add, build_site, tell, village
from tests.conftest import make_wagtail_roots
from tests.factories import market


@pytest.fixture
def pages(transactional_db, live_server):
    build(settings.BASE_DIR / "locale")
    make_wagtail_roots()
    site = build_site()
    site.home.body = json.dumps(
        [
            {"type": "groups", "value": {}},
            {"type": "shelf", "value": {"title": "Mới", "rule": "newest", "count": 4, "products": []}},
            {"type": "region", "value": {"title": "Bản đồ", "text": ""}},
        ]
    )
    site.home.save_revision().publish()
    goods = market.product(title="Cà phê Đăk Hà")
    tell(site.stories, goods.pk)
    place = village(site.tourism, months=[11, 12, 1], communes=["23473"], uncertain="Số nhà mỗi nguồn một khác.")
    route = add(site.tourism, RoutePage, title="Lên xứ thông", slug="len-xu-thong", lead="Ba ngày.", days=3)
    route.stops = [RouteStop(place=place, sort_order=0)]
    route.save()
    return live_server.url


PATHS = ["/", "/cau-chuyen/", "/cau-chuyen/nuong-ca-phe/", "/du-lich/", "/du-lich/kon-pring/", "/du-lich/len-xu-thong/"]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(chromium, pages):
    from axe_playwright_python.sync_playwright import Axe

    for scheme in ("light", "dark"):
        context = chromium.new_context(viewport={"width": 320, "height": 800}, color_scheme=scheme)
        tab = context.new_page()
        for path in PATHS:
            tab.goto(pages + path)
            found = [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in Axe().run(tab).response["violations"]]
            assert not found, f"{scheme} {path}: {found}"
            assert not tab.evaluate("document.documentElement.scrollWidth > innerWidth"), path
        context.close()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_visit_is_asked_for_without_script(chromium, pages):
    context = chromium.new_context(java_script_enabled=False, locale="vi-VN")
    tab = context.new_page()

    tab.goto(pages + "/du-lich/kon-pring/")
    tab.wait_for_timeout(3_100)
    tab.get_by_label("Ngày lên").fill("2099-01-01")
    tab.get_by_label("Mấy người?").fill("4")
    tab.get_by_label("Số điện thoại của bạn").fill("12")
    tab.get_by_role("button", name="Gửi lời hẹn").click()
    expect(tab.get_by_text("Số này chưa gọi được.").first).to_be_visible()
    assert tab.get_by_label("Mấy người?").input_value() == "4"
    assert not BookingRequest.objects.exists()
    context.close()
