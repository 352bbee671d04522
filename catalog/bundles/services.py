"""Describing gift combos. What one costs is a stock record of the house partner; see marketplace.sellers."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from catalog.bundles.domain import Component, problem_of
from catalog.bundles.errors import ComboNotPossible
from catalog.bundles.models import Combo, ComboComponent, Wrapping
from catalog.bundles.policies import can_edit_combos
from catalog.products import selectors as products
from catalog.products.services import COMBO, product_create
from kernel import pagecache
from kernel.actors import Actor
from kernel.audit import services as audit
from kernel.policies import require


@transaction.atomic
def combo_create(
    *,
    actor: Actor,
    title: str,
    components: Sequence[tuple[int, int]],
    wrappings: Sequence[tuple[str, int]] = (),
    words: dict[str, str] | None = None,
    **product_fields: Any,
) -> Combo:
    """A combo of (product id, quantity) pairs with (code, fee) wrappings. `words` are the combo's own columns.

    A combo with alcohol carries the strength of its strongest component, so that it is marked 18+ like any drink.
    Raises NotPermitted, ComboNotPossible.
    """
    require(can_edit_combos(actor))
    parts = _checked(components)
    strengths = [part.abv_percent for part in parts if part.abv_percent]
    product = product_create(
        actor=actor,
        title=title,
        kind_of=COMBO,
        kind="combo",
        abv_percent=max(strengths, default=None),
        **product_fields,
    )
    combo = Combo.objects.create(product=product, **(words or {}))
    _write_components(combo, components)
    Wrapping.objects.bulk_create([Wrapping(combo=combo, code=code, fee=fee) for code, fee in wrappings])
    audit.record(actor, "bundles.combo.created", combo, new={"title": title, "components": list(components)})
    return combo


@transaction.atomic
def combo_components_set(*, actor: Actor, combo: Combo, components: Sequence[tuple[int, int]]) -> None:
    """Replace what is in a combo. Raises NotPermitted, ComboNotPossible."""
    require(can_edit_combos(actor))
    _checked(components)
    old = list(combo.components.values_list("product_id", "quantity"))
    if old == list(components):
        return
    combo.components.all().delete()
    _write_components(combo, components)
    audit.record(
        actor,
        "bundles.combo.components_changed",
        combo,
        old={"components": [list(pair) for pair in old]},
        new={"components": [list(pair) for pair in components]},
    )
    pagecache.bump()


def _checked(components: Sequence[tuple[int, int]]) -> list[Component]:
    facts = products.pack_facts(product_id for product_id, _ in components)
    parts = [
        Component(
            product_id=product_id,
            quantity=quantity,
            is_page=product_id not in facts or facts[product_id].is_page,
            is_combo=product_id in facts and facts[product_id].is_combo,
            abv_percent=facts[product_id].abv_percent if product_id in facts else None,
        )
        for product_id, quantity in components
    ]
    if problem := problem_of(parts):
        raise ComboNotPossible(problem=problem)
    return parts


def _write_components(combo: Combo, components: Sequence[tuple[int, int]]) -> None:
    ComboComponent.objects.bulk_create(
        [
            ComboComponent(combo=combo, product_id=product_id, quantity=quantity, position=position)
            for position, (product_id, quantity) in enumerate(components)
        ]
    )
