import pytest

from catalog.products.domain import demo_gtin
from catalog.products.errors import PacksNotPossible
from catalog.products.models import Category, Product
from catalog.products.services import Pack, categories_load, packs_set, product_change, product_create
from kernel.actors import SYSTEM
from kernel.audit.models import AuditEntry
from kernel.errors import NotPermitted
from kernel.gs1 import is_valid_gtin

pytestmark = pytest.mark.usefixtures("sets")


def test_the_tree_has_six_groups_and_26_sets_once():
    assert categories_load() == 0
    assert Category.objects.filter(depth=1).count() == 6
    assert sorted(Category.objects.filter(depth=2).values_list("number", flat=True)) == list(range(1, 27))
    coffee = Category.objects.get(slug="ca-phe-cacao")
    assert (coffee.name, coffee.name_en, coffee.get_parent().slug) == ("Cà phê, cacao", "Coffee and cocoa", "thuc-pham")
    assert Category.objects.values("slug").distinct().count() == 32
    assert not Category.objects.filter(name_en="").exists()


def test_a_product_gets_a_slug_without_diacritics_and_a_free_one():
    first = product_create(actor=SYSTEM, title="Cà phê Đắk Hà", set_number=13)
    second = product_create(actor=SYSTEM, title="Cà phê Đăk Hà", set_number=13)

    assert (first.slug, second.slug) == ("ca-phe-dak-ha", "ca-phe-dak-ha-2")
    assert first.categories.get().number == 13


def test_text_comes_in_as_nfc_and_tags_are_dropped():
    product = product_create(
        actor=SYSTEM, title="Ca\u0300 phe\u0302", description="<script>alert(1)</script>Thơm & <b>đậm</b>, 5 < 6"
    )

    assert product.title == "Cà phê"
    assert product.description == "Thơm & đậm, 5 < 6"


def test_a_rename_keeps_the_address_and_writes_old_and_new():
    product = product_create(actor=SYSTEM, title="Cà phê", set_number=13)

    product_change(actor=SYSTEM, product=product, title="Cà phê mới", set_number=12)

    product.refresh_from_db()
    assert (product.title, product.slug, product.categories.get().number) == ("Cà phê mới", "ca-phe", 12)
    entry = AuditEntry.objects.get(verb="catalogue.product.changed")
    assert (entry.old["title"], entry.new["title"]) == ("Cà phê", "Cà phê mới")
    assert product_change(actor=SYSTEM, product=product, title="Cà phê mới") == {}


def test_one_pack_stands_on_the_product_several_become_children():
    one = product_create(actor=SYSTEM, title="Mật ong", set_number=4)
    many = product_create(actor=SYSTEM, title="Cà phê", title_en="Coffee", set_number=13, kind="coffee_roasted")

    assert packs_set(actor=SYSTEM, product=one, packs=[Pack("chai 500 ml", net_ml=500)]) == [one]
    packs = packs_set(
        actor=SYSTEM,
        product=many,
        packs=[
            Pack("gói 500 g", "500 g pack", demo_gtin("952", 1, 1)),
            Pack("gói 1 kg", "1 kg pack", demo_gtin("952", 1, 2)),
        ],
    )

    assert (one.structure, one.net_ml) == ("standalone", 500)
    many.refresh_from_db()
    assert (many.structure, many.gtin) == ("parent", None)
    assert [(p.structure, p.parent_id, p.kind) for p in packs] == [("child", many.pk, "coffee_roasted")] * 2
    assert (packs[0].title, packs[0].title_en) == ("Cà phê, gói 500 g", "Coffee, 500 g pack")


def test_a_second_call_with_the_same_packs_changes_nothing():
    product = product_create(actor=SYSTEM, title="Cà phê", set_number=13)
    packs = [Pack("gói 500 g", net_g=500), Pack("gói 1 kg", net_g=1000)]
    packs_set(actor=SYSTEM, product=product, packs=packs)
    before = list(Product.objects.values())

    packs_set(actor=SYSTEM, product=product, packs=packs)

    assert list(Product.objects.values()) == before


def test_packs_follow_when_their_product_changes_in_what_they_share():
    product = product_create(actor=SYSTEM, title="Rượu", set_number=15)
    packs_set(actor=SYSTEM, product=product, packs=[Pack("chai"), Pack("ghè")])

    product_change(actor=SYSTEM, product=product, abv_percent=18)

    assert [child.is_spirits for child in Product.objects.filter(parent=product)] == [True, True]


def test_a_product_with_a_price_of_its_own_is_not_split():
    from marketplace.sellers.services import house_partner, price_set

    product = product_create(actor=SYSTEM, title="Cà phê", set_number=13)
    price_set(actor=SYSTEM, product=product, price=98000, partner=house_partner())

    with pytest.raises(PacksNotPossible):
        packs_set(actor=SYSTEM, product=product, packs=[Pack("a"), Pack("b")])
    assert Product.objects.count() == 1


def test_only_the_office_writes_goods(stranger):
    product = product_create(actor=SYSTEM, title="Cà phê")

    for act in (
        lambda: product_create(actor=stranger, title="x"),
        lambda: product_change(actor=stranger, product=product, title="x"),
        lambda: packs_set(actor=stranger, product=product, packs=[Pack("a"), Pack("b")]),
    ):
        with pytest.raises(NotPermitted):
            act()
    assert list(Product.objects.values_list("title", "structure")) == [("Cà phê", "standalone")]


def test_demo_gtins_are_valid_and_differ():
    gtins = {demo_gtin("952", row, pack) for row in (*range(1, 84), 100_000, 108_300) for pack in (1, 2)}

    assert len(gtins) == 85 * 2
    assert all(is_valid_gtin(gtin) and gtin.startswith("0952") for gtin in gtins)
