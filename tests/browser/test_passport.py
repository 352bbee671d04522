"""The passport in a real browser: axe, narrow screens, no script, from the printed code to the page."""

import io

import pytest
import zxingcpp
from PIL import Image

from kernel.actors import SYSTEM
from tests.traceability.market import GTIN, pack_lot
from tests.traceability.story import import_demo_zones
from traceability.lots.models import Lot
from traceability.lots.services import lot_recall

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PATH = f"/01/{GTIN}/10/DM-2610-07"


@pytest.fixture
def shown(live_server, settings):
    settings.SITE_URL = live_server.url
    import_demo_zones()
    pack_lot()
    return live_server.url


def violations(page):
    from axe_playwright_python.sync_playwright import Axe

    return [(v["id"], [n["target"] for n in v["nodes"]]) for v in Axe().run(page).response["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [PATH, f"/en{PATH}", f"/01/{GTIN}", f"/01/{GTIN}/10/NO", "/01/123", "/bao-van-de/"])
def test_axe_finds_nothing(chromium, shown, path, scheme):
    page = chromium.new_page(color_scheme=scheme, reduced_motion="reduce", viewport={"width": 390, "height": 800})
    page.goto(shown + path)
    found = violations(page)
    page.close()

    assert found == []


def test_axe_finds_nothing_on_a_recall(chromium, shown):
    lot_recall(actor=SYSTEM, lot_id=Lot.objects.get(code="DM-2610-07").pk, reason="Ẩm vượt mức.")
    page = chromium.new_page(reduced_motion="reduce")
    page.goto(shown + "/en" + PATH)
    found = violations(page)
    title = page.locator("h1").inner_text()
    page.close()

    assert (found, title) == ([], "Recalled, do not use")


@pytest.mark.parametrize("width", [320, 640, 1280])
def test_nothing_scrolls_sideways(chromium, shown, width):
    page = chromium.new_page(viewport={"width": width, "height": 740})
    page.goto(shown + PATH)
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.close()

    assert overflow <= 0


def test_all_is_there_without_javascript_and_a_report_can_be_sent(chromium, shown):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(shown + PATH)
    assert page.locator(".trail__step").count() >= 2
    assert page.locator(".weave path").count() == 3
    page.locator("#bao summary").click()
    page.locator("#bao textarea").fill("Gói hở mép, mùi lạ.")
    page.locator("#bao button").click()
    page.wait_for_url("**/da-nhan/")
    context.close()


def test_from_the_printed_code_to_the_passport_in_one_tap(chromium, shown):
    page = chromium.new_page()
    raw = page.request.get(f"{shown}{PATH}/qr.png").body()
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(raw)).convert("L"))
    weight = []
    page.on("response", lambda response: weight.append(response.headers.get("content-length")))
    page.goto(code.text)
    state = page.locator(".verdict__state").inner_text()
    page.close()

    assert code.text == shown + PATH
    assert state == "Đang bán, còn hạn"
