"""A shared phone: who signs out leaves none of his orders in the browser."""

import pytest
from django.test import Client

from tests.factories import doors

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CONTROLLED = """async () => {
  await navigator.serviceWorker.ready;
  while (!navigator.serviceWorker.controller) await new Promise((done) => setTimeout(done, 50));
}"""
KEEP = """async () => (await caches.open('pages-1')).put('/don-hang/KT1/', new Response('Nguyễn Thị Hạnh'))"""
KEPT = "async () => (await caches.keys()).includes('pages-1')"
GONE = """async () => {
  for (let n = 0; n < 60 && (await caches.keys()).includes('pages-1'); n++)
    await new Promise((done) => setTimeout(done, 50));
  return !(await caches.keys()).includes('pages-1');
}"""


def test_signing_out_forgets_the_kept_orders(chromium, live_server):
    client = Client()
    client.force_login(doors.person())
    context = chromium.new_context(locale="vi-VN")
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto(f"{live_server.url}/tai-khoan/")
    page.evaluate(CONTROLLED)
    page.evaluate(KEEP)
    assert page.evaluate(KEPT)

    page.locator("form[action$='/dang-xuat/'] button").first.click()
    page.wait_for_url(f"{live_server.url}/")

    assert page.evaluate(GONE)
    context.close()
