"""The catalogue of the demo market: true to the register, the same each time, safe to run again."""

import random
from datetime import date

import pytest

from catalog.bundles.models import Combo
from catalog.bundles.selectors import components_of
from catalog.certification.models import Certificate
from catalog.certification.selectors import stars_by_product
from catalog.places import services as places
from catalog.producers.selectors import sale_block_reasons
from catalog.products.models import Product
from config.demo.parts import certificates, combos, papers, register, variants
from config.demo.parts import places as places_part
from kernel import clock
from kernel.audit.models import AuditEntry
from kernel.gs1 import is_valid_gtin
from marketplace.sellers.models import Partner, StockRecord
from tests.factories.places import small_units

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PARTS = (places_part, register, certificates, papers, combos)


@pytest.fixture
def market(monkeypatch, tmp_path):
    monkeypatch.setattr(places, "DATA", small_units(tmp_path))
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 24))
    run()


def run(scale=1):
    for part in PARTS:
        part.seed(rng=random.Random(part.__name__), scale=scale, out=lambda line: None)


def test_the_market_holds_the_83_products_of_the_register_with_texts_packs_and_prices(market):
    pages = Product.objects.exclude(structure="child").filter(combo=None)
    assert pages.count() == 83
    for product in pages:
        assert product.title and product.title_en and product.short and product.short_en and product.description_en
        assert product.slug.isascii() and product.categories.count() == 1
        packs = list(product.children.all()) if product.is_parent else [product]
        for pack in packs:
            record = pack.stockrecords.get()
            assert record.partner.producer_id == product.producer_id
            assert record.price == int(record.price) > 0
            assert is_valid_gtin(pack.gtin) and pack.pack and pack.pack_en
    assert Product.objects.filter(structure="parent").count() == 55
    assert Product.objects.filter(structure="child").count() == 110
    assert Product.objects.filter(producer__is_placeholder=True).exclude(structure="child").count() == 19


def test_a_second_run_changes_nothing(market):
    def everything():
        return [
            list(model.objects.order_by("pk").values())
            for model in (Product, StockRecord, Partner, Certificate, Combo, AuditEntry, places.AdminUnit)
        ]

    before = everything()

    run()

    assert everything() == before


def test_only_the_32_recognised_rows_have_a_history_and_only_demo_certificates_give_stars(market):
    assert Certificate.objects.filter(state="reported").count() == 32
    real = Certificate.objects.exclude(state="reported")
    assert all(row.number.startswith("DEMO-") for row in real)
    reported = set(Certificate.objects.filter(state="reported").values_list("product_id", "stars"))
    assert set(real.values_list("product_id", "stars")) <= reported

    today = clock.today()
    states = {row.state_on(today) for row in real}
    assert states == {"valid", "extended", "expired", "suspended"}
    assert len(stars_by_product(today)) == 25
    assert len(stars_by_product(date(2026, 12, 31))) < 25


def test_ten_combos_cost_less_than_their_parts_and_hold_no_spirits(market):
    price = dict(StockRecord.objects.values_list("product_id", "price"))
    parts_of = components_of(Combo.objects.values_list("product_id", flat=True))
    assert len(parts_of) == 10
    for combo, parts in parts_of.items():
        apart = sum(price[part] * count for part, count in parts)
        assert 0.88 * float(apart) <= price[combo] <= 0.95 * float(apart)
        strengths = Product.objects.filter(pk__in=[part for part, _ in parts]).values_list("abv_percent", flat=True)
        assert all(strength is None or strength < 15 for strength in strengths)
    assert Partner.objects.get(stockrecords__product=next(iter(parts_of))).code == "cho-ocop"
    adult = Product.objects.filter(combo__isnull=False, abv_percent__gt=0)
    assert set(adult.values_list("slug", flat=True)) == {"tet-ben-bep-lua", "ghe-ruou-ngay-cuoi"}


def test_one_product_is_not_for_sale_because_a_paper_lapsed(market):
    ids = list(Product.objects.values_list("pk", flat=True))

    blocked = Product.objects.filter(pk__in=sale_block_reasons(ids, clock.today()))

    assert set(blocked.values_list("parent__register_row", "register_row")) == {(None, 51), (51, None)}


def test_goods_for_load_are_made_in_bulk_once_with_names_and_gtins_of_their_own(market, django_assert_max_num_queries):
    with django_assert_max_num_queries(40):
        assert variants.seed(rng=random.Random(1), scale=4) == 220
    assert variants.seed(rng=random.Random(1), scale=4) == 0

    made = Product.objects.filter(register_key__startswith="load-", register_row=None)
    assert made.count() == 220
    for column in ("title", "slug", "gtin"):
        assert made.values(column).distinct().count() == 220
    assert StockRecord.objects.filter(product__in=made, price__gt=0).count() == 220
    assert made.filter(categories=None).count() == 0
