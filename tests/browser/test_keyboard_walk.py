"""From the shelf to a placed order with nothing but a keyboard; every stop shows where the focus is."""

import pytest

from catalog.places.domain import search_text
from marketplace.orders.models import Order
from search import services as search
from tests.factories import market
from tests.search.conftest import index  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SEEN = """
() => {
  const el = document.activeElement, box = el.closest('.product, .search, .choice--card') ?? el;
  return [el, box].some((one) => getComputedStyle(one).outlineStyle !== 'none')
}
"""


def tab_to(page, selector: str, most: int = 90) -> None:
    """Press Tab until the focus is on an element that matches, and see it there."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            assert page.evaluate(SEEN), f"the focus on {selector} cannot be seen"
            return
    raise AssertionError(f"Tab never reached {selector}")


def write(page, selector: str, text: str) -> None:
    tab_to(page, selector)
    page.keyboard.type(text)


def test_shop_basket_and_order_by_keyboard(chromium, live_server, index):  # noqa: F811
    ward = market.places()["23293"]
    ward.folded = search_text(ward.name, ["Tỉnh Quảng Ngãi"])
    ward.save()
    coffee = market.product(market.seller("HTX Sáu Nhung"), title="Cà phê đặc biệt Sáu Nhung", stock=5)
    search.rebuild()
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{live_server.url}/san-pham/")

    tab_to(page, f'a[href="/san-pham/{coffee.slug}/"]')
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/san-pham/{coffee.slug}/")
    tab_to(page, "#mua button:not([type=button])")
    page.keyboard.press("Enter")
    page.wait_for_url("**/gio-hang/")
    tab_to(page, 'a[href="/thanh-toan/"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**/thanh-toan/")
    write(page, "[autocomplete=tel]", "0905123456")
    write(page, "[autocomplete=name]", "Nguyễn Thị Hạnh")
    write(page, "[role=combobox]", "kon tum")
    page.locator("[role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    write(page, "[autocomplete=street-address]", "12 Trần Phú")
    tab_to(page, "button.button--big")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cam-on/**")
    heading = page.inner_text("h1")
    page.close()

    order = Order.objects.get()
    assert "phiên chợ đã nhận đơn" in heading
    assert order.lines.get().product_id == coffee.pk
