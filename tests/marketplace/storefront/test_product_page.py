"""The page of one product."""

import json
import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from catalog.certification.models import Certificate
from catalog.products.models import Product
from kernel import clock, pagecache
from marketplace.inventory import services as inventory
from marketplace.sellers.models import StockRecord
from marketplace.storefront.models import FormerSlug
from marketplace.storefront.services import Story, related_refresh, story_drop, story_put
from tests.factories import market

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)


@pytest.fixture
def coffee():
    seller = market.seller("HTX Đăk Mar")
    return market.product(
        seller,
        title="Cà phê bột Đăk Mar",
        net_g=500,
        unit_price_basis="100 g",
        ingredients="100% cà phê robusta",
        shelf_life_days=365,
        storage="Nơi khô mát",
        gtin="09521234000013",
        short="Robusta xay cỡ phin",
        description="Nước nóng vừa chạm bột.",
    )


def page(client, product, query="", prefix=""):
    return client.get(f"{prefix}/san-pham/{product.slug}/{query}")


def blocks(answer):
    return [
        json.loads(text)
        for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', answer.content.decode(), re.S)
    ]


def certify(product, stars=4, expires=DAY, **fields):
    return Certificate.objects.create(
        product=product,
        number=fields.pop("number", "DEMO-2026-001"),
        stars=stars,
        state=fields.pop("state", "valid"),
        issued_on=DAY - timedelta(days=900),
        expires_on=expires,
        issuing_body="UBND tỉnh",
        **fields,
    )


def freeze(monkeypatch, day):
    at = timezone.make_aware(timezone.datetime(day.year, day.month, day.day, 9), clock.HERE)
    monkeypatch.setattr(clock, "now", lambda: at)


def test_the_page_says_price_unit_price_facts_and_maker(client, coffee):
    html = page(client, coffee).content.decode()

    assert "98.000\u00a0₫" in html
    assert "19.600\u00a0₫/100 g" in html
    assert "100% cà phê robusta" in html
    assert "HTX Đăk Mar" in html
    assert 'action="/gio-hang/them/"' in html
    assert f'name="product_id" value="{coffee.pk}"' in html


def test_the_page_is_the_same_for_everybody_and_carries_no_cookie(settings, coffee):
    settings.PAGE_CACHE = True
    client = Client()
    first = page(client, coffee)
    second = client.get(f"/san-pham/{coffee.slug}/?fbclid=x", HTTP_IF_NONE_MATCH=first["ETag"])

    assert not first.cookies
    assert "csrfmiddlewaretoken" not in first.content.decode()
    assert second.status_code == 304


def test_at_most_six_questions_are_asked(client, coffee, django_assert_max_num_queries):
    others = [market.product(title=f"Trà {n}") for n in range(6)]
    related_refresh()
    certify(coffee)
    page(client, others[0])  # what a process asks once: provinces, tariff, category tree, public version

    with django_assert_max_num_queries(6):
        answer = page(client, coffee)

    assert answer.status_code == 200


def test_the_star_goes_by_itself_at_midnight(client, coffee, monkeypatch):
    certify(coffee, stars=4, expires=DAY)

    freeze(monkeypatch, DAY)
    today = page(client, coffee)
    freeze(monkeypatch, DAY + timedelta(days=1))
    tomorrow = page(client, coffee)

    assert "ocop--big" in today.content.decode()
    assert blocks(today)[0]["hasCertification"]["certificationIdentification"] == "DEMO-2026-001"
    assert "ocop--big" not in tomorrow.content.decode()
    assert "lapsed" in tomorrow.content.decode()
    assert "hasCertification" not in blocks(tomorrow)[0]


def test_what_is_only_reported_is_history_and_gives_no_star(client, coffee):
    Certificate.objects.create(
        product=coffee, state="reported", stars=3, year_reported=2021, source_url="https://example.org/bai"
    )

    html = page(client, coffee).content.decode()

    assert "ocop--big" not in html
    assert "2021" in html
    assert 'href="https://example.org/bai"' in html


def test_the_offer_stands_only_while_it_can_be_bought(client, coffee):
    offered = blocks(page(client, coffee))[0]["offers"]
    inventory.recount(
        actor=market.SYSTEM,
        product_id=coffee.pk,
        location_id=market.store_of(coffee.stockrecords.get().partner).pk,
        counted=0,
    )
    pagecache.store.clear()
    sold_out = page(client, coffee)

    assert (offered["price"], offered["priceCurrency"], offered["gtin14"]) == (98000, "VND", "09521234000013")
    assert "offers" not in blocks(sold_out)[0]
    assert 'id="mua"' not in sold_out.content.decode()


def test_no_rating_is_claimed_before_anybody_has_rated(client, coffee):
    assert "aggregateRating" not in blocks(page(client, coffee))[0]


def test_the_path_to_the_page_is_named(client, coffee):
    crumbs = blocks(page(client, coffee))[-1]

    assert crumbs["@type"] == "BreadcrumbList"
    assert crumbs["itemListElement"][-1]["name"] == coffee.title


def test_a_text_cannot_break_out_of_the_data(client, coffee):
    Product.objects.filter(pk=coffee.pk).update(short="</script><script>alert(1)</script>")

    html = page(client, coffee).content.decode()

    assert "<script>alert(1)" not in html


def test_markup_in_a_description_is_cleaned(client, coffee):
    Product.objects.filter(pk=coffee.pk).update(
        description='<p onclick="x()">Ngon <script>alert(1)</script><a href="javascript:alert(2)">đây</a></p>'
    )

    html = page(client, coffee).content.decode()

    assert "onclick" not in html
    assert "alert(1)" not in html.replace("&lt;", "")
    assert "javascript:" not in html


def two_packs(stock=5):
    seller = market.seller()
    parent = market.product(seller, title="Mật ong rừng", stock=stock, price=1)
    StockRecord.objects.filter(product=parent).delete()
    parent.structure = "parent"
    parent.save()
    packs = []
    for net, price in ((250, 90_000), (500, 160_000)):
        child = market.product(seller, title=f"hũ {net} g", net_g=net, price=price, stock=stock, pack=f"hũ {net} g")
        Product.objects.filter(pk=child.pk).update(
            structure="child", parent=parent, product_class=None, unit_price_basis="100 g", gross_g=net
        )
        packs.append(child)
    return parent, packs


def test_all_sizes_stand_on_one_page_and_each_has_its_own_address(client):
    parent, (small, large) = two_packs()

    html = page(client, parent).content.decode()
    chosen = page(client, parent, f"?goi={large.pk}").content.decode()

    assert f'name="product_id" value="{small.pk}"' in html
    assert "90.000" in html and "160.000" in html
    assert f'name="product_id" value="{large.pk}"' in chosen
    assert len(blocks(client.get(f"/san-pham/{parent.slug}/"))[0]["offers"]) == 2


def test_a_size_leads_to_the_page_of_its_product(client):
    parent, (_small, large) = two_packs()

    answer = page(client, large)

    assert (answer.status_code, answer["Location"]) == (301, f"/san-pham/{parent.slug}/?goi={large.pk}")


def test_a_former_address_leads_on_in_both_languages(client, coffee):
    old = coffee.slug
    coffee.slug = "ca-phe-moi"
    coffee.save()

    assert client.get(f"/san-pham/{old}/")["Location"] == "/san-pham/ca-phe-moi/"
    assert client.get(f"/en/san-pham/{old}/")["Location"] == "/en/san-pham/ca-phe-moi/"
    assert FormerSlug.objects.count() == 1


def test_an_address_taken_back_is_no_longer_a_former_one(client, coffee):
    old = coffee.slug
    for slug in ("ca-phe-moi", old):
        coffee.slug = slug
        coffee.save()

    assert page(client, coffee).status_code == 200
    assert client.get("/san-pham/ca-phe-moi/")["Location"] == f"/san-pham/{old}/"


def test_a_hidden_product_has_no_page(client, coffee):
    Product.objects.filter(pk=coffee.pk).update(is_public=False)

    assert page(client, coffee).status_code == 404


def test_english_stands_under_en_and_what_is_missing_is_marked(client, coffee):
    Product.objects.filter(pk=coffee.pk).update(title_en="Đăk Mar ground coffee")

    html = page(client, coffee, prefix="/en").content.decode()

    assert "Đăk Mar ground coffee" in html
    assert '<p lang="vi">Robusta xay cỡ phin</p>' in html
    assert "Add to basket" in html


def test_alcohol_says_18_and_its_strength(client):
    wine = market.product(title="Vang sim", abv_percent=Decimal("12.0"))

    html = page(client, wine).content.decode()

    assert "18+" in html
    assert "12" in html


def test_spirits_are_never_among_related_goods():
    market.product(title="Rượu sâm", abv_percent=Decimal("29"), kind="x")
    tea = market.product(title="Trà", kind="x")
    spirits = Product.objects.get(title="Rượu sâm")

    related_refresh()

    assert spirits.pk not in tea.aside.related
    assert tea.pk in spirits.aside.related


def test_a_story_is_shown_where_it_belongs_and_leaves_with_its_page(client, coffee):
    story_put(story=Story(page=7, title="Phơi giàn", url="/cau-chuyen/phoi-gian/"), product_ids=[coffee.pk])
    pagecache.store.clear()
    assert 'href="/cau-chuyen/phoi-gian/"' in page(client, coffee).content.decode()

    story_drop(page=7)
    pagecache.store.clear()

    assert "phoi-gian" not in page(client, coffee).content.decode()


@pytest.mark.parametrize("query", ["?goi=abc", "?goi=999999999999", "?goi=-1", "?goi=%00", "?tinh=ZZ"])
def test_nonsense_in_the_address_line_is_ignored(client, coffee, query):
    assert page(client, coffee, query).status_code == 200
