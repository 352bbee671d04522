"""Product, gift set, producer, look-up in a real browser: axe, narrow, big text, without script, into the basket."""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from marketplace.storefront.services import related_refresh
from tests.factories import market

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def goods():
    seller = market.seller("Hợp tác xã Nông nghiệp, Sản xuất và Thương mại Sáu Nhung")
    coffee = market.product(
        seller, title="Cà phê đặc biệt Sáu Nhung", net_g=500, unit_price_basis="100 g", gtin="09521234000013"
    )
    wine = market.product(title="Vang sim rừng", abv_percent=Decimal("12"))
    for n in range(4):
        market.product(title=f"Trà {n}")
    related_refresh()
    return {"coffee": coffee, "box": market.combo([(coffee, 1), (wine, 2)]), "seller": seller, "wine": wine}


def addresses(goods):
    return [
        f"/san-pham/{goods['coffee'].slug}/",
        f"/san-pham/{goods['wine'].slug}/",
        f"/qua-tang/{goods['box'].slug}/",
        f"/nha-san-xuat/{goods['seller'].producer.slug}/",
        "/tra-cuu/",
        "/tra-cuu/?q=tra",
        "/tra-cuu/?q=9521234000014",
    ]


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["vi", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(chromium, live_server, goods, scheme, prefix):
    from axe_playwright_python.sync_playwright import Axe

    page = chromium.new_page(color_scheme=scheme, reduced_motion="reduce", viewport={"width": 1280, "height": 900})
    found = {}
    for address in addresses(goods):
        page.goto(f"{live_server.url}{prefix}{address}")
        bad = Axe().run(page).response["violations"]
        if bad:
            found[address] = [(v["id"], [n["target"] for n in v["nodes"]]) for v in bad]
    page.close()

    assert found == {}


@pytest.mark.parametrize(("width", "text"), [(320, "100%"), (360, "200%")])
def test_nothing_scrolls_sideways(chromium, live_server, goods, width, text):
    page = chromium.new_page(viewport={"width": width, "height": 740})
    wide = {}
    for address in addresses(goods):
        page.goto(live_server.url + address)
        page.evaluate("(size) => { document.documentElement.style.fontSize = size }", text)
        wide[address] = page.evaluate(OVERFLOW)
    page.close()

    assert {a: w for a, w in wide.items() if w > 1} == {}


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_product_goes_into_the_basket_from_its_kept_page(chromium, live_server, goods, script):
    context = chromium.new_context(java_script_enabled=script, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{live_server.url}/san-pham/{goods['coffee'].slug}/")
    page.locator("#mua [name=quantity]").fill("2")

    page.locator("#mua button[type=submit]").click()

    page.wait_for_url("**/gio-hang/")
    text = page.locator("main").inner_text()
    context.close()
    assert goods["coffee"].title in text
    assert "196.000" in text


def test_the_exact_number_is_filled_in_beside_the_kept_page(chromium, live_server, goods):
    page = chromium.new_page()
    page.goto(f"{live_server.url}/san-pham/{goods['coffee'].slug}/")

    expect(page.locator("stock-left")).to_contain_text("10")
    most = page.locator("#mua [name=quantity]").get_attribute("max")
    page.close()

    assert most == "10"


def test_a_phone_that_cannot_read_codes_is_told_what_to_do(chromium, live_server):
    page = chromium.new_page()
    page.goto(f"{live_server.url}/tra-cuu/")
    page.evaluate("delete window.BarcodeDetector")

    page.locator("code-scan button").click()

    expect(page.locator("code-scan [role=status]")).to_have_text(re.compile(r".{21,}", re.S))
    page.close()


def test_the_page_asks_no_foreign_host_and_breaks_no_policy(chromium, live_server, goods):
    page = chromium.new_page()
    foreign, complaints = [], []
    page.on("request", lambda r: foreign.append(r.url) if not r.url.startswith((live_server.url, "data:")) else None)
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)

    for address in addresses(goods)[:5]:
        page.goto(live_server.url + address)

    page.close()
    assert foreign == []
    assert complaints == []
