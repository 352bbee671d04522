"""Sitemap, robots, feed, fragment, and what a passport borrows."""

import json
from datetime import timedelta
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from catalog.certification.models import Certificate
from kernel import clock
from marketplace.storefront.passport import facts_of
from tests.factories import market

pytestmark = pytest.mark.django_db
G = "{http://base.google.com/ns/1.0}"


def body(answer):
    return answer.content


def certify(product, days):
    Certificate.objects.create(
        product=product,
        number=f"DEMO-{product.pk}",
        stars=4,
        state="valid",
        issued_on=clock.today() - timedelta(days=60),
        expires_on=clock.today() + timedelta(days=days),
    )


def test_the_sitemap_lists_pages_with_their_twins(client):
    tea = market.product(title="Trà & gừng")
    box = market.combo([(tea, 1)])

    root = ElementTree.fromstring(body(client.get("/sitemap.xml")))
    found = {element.text for element in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}

    assert f"http://testserver/san-pham/{tea.slug}/" in found
    assert f"http://testserver/en/san-pham/{tea.slug}/" in found
    assert f"http://testserver/qua-tang/{box.slug}/" in found
    assert f"http://testserver/nha-san-xuat/{tea.producer.slug}/" in found


def test_robots_shut_the_demonstration_and_open_the_shop(client, settings):
    settings.DEMO = True
    assert "Disallow: /\n" in client.get("/robots.txt").content.decode()

    settings.DEMO = False
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /\n" not in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


def test_the_feed_shows_stars_only_while_they_hold_and_no_spirits(client):
    valid = market.product(title="Cà phê <ngon>", gtin="09521234000013")
    lapsed = market.product(title="Trà")
    market.product(title="Rượu sâm", abv_percent=Decimal("29"))
    certify(valid, 5)
    certify(lapsed, -1)

    root = ElementTree.fromstring(body(client.get("/feeds/products.xml")))
    items = {item.find(f"{G}id").text: item for item in root.iter("item")}

    assert set(items) == {str(valid.pk), str(lapsed.pk)}
    assert items[str(valid.pk)].find(f"{G}price").text == "98000 VND"
    assert items[str(valid.pk)].find(f"{G}custom_label_0") is not None
    assert items[str(lapsed.pk)].find(f"{G}custom_label_0") is None


def test_the_feed_speaks_english_when_asked(client):
    market.product(title="Trà", title_en="Ginger tea")

    assert b"Ginger tea" in body(client.get("/feeds/products.xml?lang=en"))


def test_the_fragment_says_how_many_are_left_and_is_never_kept(client):
    tea = market.product(stock=7)

    answer = client.get(f"/manh/gio?sp={tea.pk},abc,-1")

    assert json.loads(answer.content) == {"count": 0, "left": {str(tea.pk): 7}}
    assert "no-store" in answer["Cache-Control"]


def test_a_passport_borrows_price_stars_and_the_makers_page(django_assert_max_num_queries):
    coffee = market.product(title="Cà phê", title_en="Coffee", gtin="09521234000013", net_g=500)
    certify(coffee, 5)

    with django_assert_max_num_queries(3):
        facts = facts_of("09521234000013")

    assert (facts["name"], facts["name_en"], facts["price"], facts["can_buy"]) == ("Cà phê", "Coffee", 98000, True)
    assert facts["url"] == f"/san-pham/{coffee.slug}/"
    assert facts["certificate"]["stars"] == 4
    assert facts["producer"]["phone"] == ""


def test_a_gtin_that_is_not_ours_borrows_nothing():
    assert facts_of("09521234999999") is None
