"""Every component in every state, in a real browser: axe, both schemes, both languages, 320 px, big text."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL = """
() => [...document.querySelectorAll('.sample__stage :is(a.button, button, .chip, .choice, .field__input, summary, .tabs__link, .pages__link)')]
  .filter((el) => el.offsetParent && !el.disabled)
  .map((el) => [el.className || el.tagName, el.getBoundingClientRect().height])
  .filter(([, height]) => height < 43.5)
"""


@pytest.fixture
def gallery(live_server, settings):
    settings.THEME_GALLERY = True
    return lambda prefix="": f"{live_server.url}{prefix}/dev/components/"


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["vi", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_gallery(chromium, gallery, scheme, prefix):
    from axe_playwright_python.sync_playwright import Axe

    page = chromium.new_page(color_scheme=scheme, reduced_motion="reduce", viewport={"width": 1280, "height": 900})
    page.goto(gallery(prefix))
    found = Axe().run(page).response["violations"]
    page.close()

    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found] == []


@pytest.mark.parametrize(
    ("width", "text"), [(320, "100%"), (640, "100%"), (1280, "100%"), (360, "200%"), (640, "200%"), (1280, "200%")]
)
def test_longest_names_and_big_text_do_not_scroll_sideways(chromium, gallery, width, text):
    page = chromium.new_page(viewport={"width": width, "height": 740})
    page.goto(gallery())
    page.evaluate("(size) => { document.documentElement.style.fontSize = size }", text)
    overflow = page.evaluate(OVERFLOW)
    page.close()

    assert overflow <= 1


def test_targets_are_large_enough_for_a_thumb(chromium, gallery):
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    page.goto(gallery())
    small = page.evaluate(SMALL)
    page.close()

    assert small == []


def test_forced_colours_keep_the_edges_of_controls(chromium, gallery):
    page = chromium.new_page(forced_colors="active")
    page.goto(gallery())
    edge = page.locator(".field__input").first.evaluate("(el) => getComputedStyle(el).borderTopWidth")
    page.close()

    assert edge != "0px"


def test_a_closer_look_stays_inside_the_map(chromium, gallery):
    page = chromium.new_page()
    page.goto(gallery())
    box = page.locator("svg.map").first.get_attribute("viewBox")
    choice = page.locator("[data-zoom]").first
    left, top, width, height = map(float, box.split())
    for index in range(1, choice.locator("option").count()):
        choice.select_option(index=index)
        x, y, wide, high = map(float, page.locator("svg.map").first.get_attribute("viewBox").split())
        assert left - 1 <= x and top - 1 <= y
        assert x + wide <= left + width + 1 and y + high <= top + height + 1
        assert wide < width
    page.close()


def test_the_first_tab_leads_to_the_content(chromium, gallery):
    page = chromium.new_page()
    page.goto(gallery().replace("dev/components", "mat-mang"))
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "noi-dung"
    page.close()


def test_offline_shows_the_offline_page_and_no_old_list(chromium, live_server):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{live_server.url}/mat-mang/")
    page.evaluate(
        "navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready)"
        ".then(() => new Promise((done) => navigator.serviceWorker.controller ? done() :"
        " navigator.serviceWorker.addEventListener('controllerchange', done)))"
    )
    context.set_offline(True)
    page.goto(f"{live_server.url}/san-pham/")
    words = page.inner_text("h1")
    page.goto(f"{live_server.url}/en/san-pham/")
    english = page.inner_text("h1")
    context.close()

    assert words == "Đang mất mạng"
    assert english == "You are offline"
