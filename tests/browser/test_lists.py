"""Lists in a real browser: axe, the filter sheet and the search without script, the back button."""

import datetime as dt

import pytest

from tests.search.conftest import index, market  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PATHS = [
    "/san-pham/",
    "/en/san-pham/?huyen=615",
    "/san-pham/?sao=5&bo=mat-ong",
    "/tim/?q=cà fê đăk hà",
    "/tim/?q=zzz",
    "/tim/",
    "/qua-tang/",
    "/nha-san-xuat/",
    "/en/nha-san-xuat/",
    "/san-pham/?trang=99&gia-tu=x",
]


@pytest.fixture
def shop(live_server, settings, market, monkeypatch):  # noqa: F811
    monkeypatch.setattr("kernel.clock.now", lambda: dt.datetime(2026, 11, 24, 3, tzinfo=dt.UTC))
    settings.SITE_URL = live_server.url
    return live_server.url


def test_axe_finds_nothing_in_lists(chromium, shop):
    from axe_playwright_python.sync_playwright import Axe

    found = []
    for width, scheme in ((1280, "light"), (360, "dark")):
        page = chromium.new_page(color_scheme=scheme, reduced_motion="reduce", viewport={"width": width, "height": 800})
        for path in PATHS:
            page.goto(shop + path)
            found += [(path, width, v["id"], v["nodes"][0]["target"]) for v in Axe().run(page).response["violations"]]
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            found += [(path, width, "scrolls sideways")] if wide > 1 else []
        page.close()

    assert found == []


def test_a_phone_without_script_filters_sorts_and_searches(chromium, shop):
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{shop}/san-pham/")
    page.click(".listbar__open a")
    page.check('input[name="bo"][value="ca-phe-ca-cao"]', force=True) if page.locator(
        'details:has(input[name="bo"])[open]'
    ).count() else (
        page.click('summary:has-text("Bộ sản phẩm")'),
        page.check('input[name="bo"][value="ca-phe-ca-cao"]'),
    )
    page.click(".sheet__foot button")

    assert "bo=ca-phe-ca-cao" in page.url
    assert page.locator("article.product").count() == 4

    page.select_option("#sap", "gia-tang")
    page.click(".listbar__sort button")
    assert page.locator("article.product h2").first.inner_text() == "Cà phê nguyên hạt Đăk Hà"
    assert "bo=ca-phe-ca-cao" in page.url

    page.go_back()
    page.go_back()
    assert page.locator("article.product").count() == 7

    page.fill("header input[name=q]", "ca phe dak ha")
    page.press("header input[name=q]", "Enter")
    assert page.locator("article.product h2").first.inner_text() == "Cà phê bột pha phin Đăk Hà"
    context.close()


def test_suggestions_open_a_product(chromium, shop):
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{shop}/san-pham/")
    page.locator("header input[name=q]").press_sequentially("mat on", delay=30)
    option = page.locator("[role=option]").first
    option.wait_for()

    assert "Mật ong rừng Pa Dương" in option.inner_text()
    option.click()
    page.wait_for_url("**/san-pham/mat-ong-rung-pa-duong-*/")
    page.close()
