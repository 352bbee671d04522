"""What a combo is made of."""

from collections.abc import Iterable

from catalog.bundles.models import ComboComponent, Wrapping


def components_of(product_ids: Iterable[int]) -> dict[int, list[tuple[int, int]]]:
    """{combo's product id: [(component's product id, quantity), …]} for those of `product_ids` that are combos."""
    rows = ComboComponent.objects.filter(combo__product_id__in=list(product_ids))
    found: dict[int, list[tuple[int, int]]] = {}
    for combo, product, quantity in rows.order_by("combo_id", "position", "id").values_list(
        "combo__product_id", "product_id", "quantity"
    ):
        found.setdefault(combo, []).append((product, quantity))
    return found


def wrapping_fees(product_ids: Iterable[int]) -> dict[tuple[int, str], int]:
    """{(combo's product id, code of the wrapping): fee in đồng}."""
    rows = Wrapping.objects.filter(combo__product_id__in=list(product_ids))
    return {(product, code): fee for product, code, fee in rows.values_list("combo__product_id", "code", "fee")}
