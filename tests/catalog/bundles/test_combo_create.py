from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.bundles.domain import Component, problem_of
from catalog.bundles.errors import ComboNotPossible
from catalog.bundles.models import Combo
from catalog.bundles.selectors import components_of
from catalog.bundles.services import combo_components_set, combo_create
from catalog.products.models import Product
from catalog.products.services import Pack, packs_set, product_create
from kernel.actors import SYSTEM
from kernel.audit.models import AuditEntry
from kernel.errors import NotPermitted


@pytest.fixture
def goods(sets):
    def make(title, **fields):
        return product_create(actor=SYSTEM, title=title, **fields)

    return {
        "tea": make("Trà"),
        "honey": make("Mật ong"),
        "wine": make("Vang sim", abv_percent=Decimal("12")),
        "spirits": make("Rượu", abv_percent=Decimal("15")),
    }


def combo_of(goods, *parts, **changes):
    pairs = [(goods[name].pk, count) for name, count in parts]
    return combo_create(**({"actor": SYSTEM, "title": "Tết bên bếp lửa", "components": pairs} | changes))


def test_a_combo_is_a_product_of_its_own_class_with_components_in_order(goods):
    combo = combo_of(goods, ("honey", 2), ("tea", 1), wrappings=[("hop_giay", 0), ("gio_tre", 45000)])

    assert combo.product.product_class.slug == "combo"
    assert components_of([combo.product_id]) == {combo.product_id: [(goods["honey"].pk, 2), (goods["tea"].pk, 1)]}
    assert list(combo.wrappings.values_list("code", "fee")) == [("hop_giay", 0), ("gio_tre", 45000)]
    assert combo.product.abv_percent is None


def test_a_combo_with_wine_is_marked_18_plus(goods):
    combo = combo_of(goods, ("wine", 1), ("tea", 1))

    assert (combo.product.is_alcohol, combo.product.is_spirits) == (True, False)


@pytest.mark.parametrize(
    ("parts", "problem"),
    [
        pytest.param([("spirits", 1), ("tea", 1)], "spirits", id="15-percent"),
        pytest.param([("tea", 1)], "too_few", id="one-piece"),
        pytest.param([], "too_few", id="nothing"),
        pytest.param([("tea", 1), ("tea", 2)], "twice", id="twice"),
        pytest.param([("tea", 0), ("honey", 2)], "quantity", id="none-of-it"),
    ],
)
def test_what_may_not_be_in_a_combo_is_refused(goods, parts, problem):
    with pytest.raises(ComboNotPossible) as refusal:
        combo_of(goods, *parts)

    assert refusal.value.params["problem"] == problem
    assert refusal.value.text
    assert Combo.objects.count() == 0
    assert Product.objects.filter(kind="combo").count() == 0


def test_a_product_with_packs_a_combo_and_a_missing_product_are_no_components(goods):
    packs_set(actor=SYSTEM, product=goods["tea"], packs=[Pack("a"), Pack("b")])
    combo = combo_of(goods, ("honey", 2))

    for wrong in (goods["tea"].pk, combo.product_id, 999):
        with pytest.raises(ComboNotPossible) as refusal:
            combo_create(actor=SYSTEM, title="x", components=[(wrong, 1), (goods["honey"].pk, 1)])
        assert refusal.value.params["problem"] == "not_a_pack"


def test_components_are_replaced_with_a_trace(goods):
    combo = combo_of(goods, ("honey", 2))

    combo_components_set(actor=SYSTEM, combo=combo, components=[(goods["tea"].pk, 3)])

    assert components_of([combo.product_id]) == {combo.product_id: [(goods["tea"].pk, 3)]}
    entry = AuditEntry.objects.get(verb="bundles.combo.components_changed")
    assert entry.old == {"components": [[goods["honey"].pk, 2]]}


def test_a_stranger_makes_no_combo(goods, stranger):
    with pytest.raises(NotPermitted):
        combo_of(goods, ("honey", 2), actor=stranger)
    assert Combo.objects.count() == 0


@given(
    st.lists(
        st.builds(
            Component,
            product_id=st.integers(1, 5),
            quantity=st.integers(0, 3),
            is_page=st.booleans(),
            abv_percent=st.none() | st.decimals(0, 60, places=1),
        )
    )
)
def test_no_combo_that_passes_holds_spirits_or_a_doubled_product(parts):
    if problem_of(parts) == "":
        assert all(part.abv_percent is None or part.abv_percent < 15 for part in parts)
        assert len({part.product_id for part in parts}) == len(parts)
        assert sum(part.quantity for part in parts) >= 2
