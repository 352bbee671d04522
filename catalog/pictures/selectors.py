"""The pictures of products, for pages, cards and feeds: one query for any number of products."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from catalog.pictures.models import ProductPicture

if TYPE_CHECKING:
    from kernel.pictures.models import Picture


def galleries(product_ids: Iterable[int]) -> dict[int, list[Picture]]:
    """All pictures of each product, in order. Ask with the parent's id for a pack."""
    found: dict[int, list[Picture]] = {}
    rows = ProductPicture.objects.filter(product_id__in=list(product_ids)).select_related("picture")
    for row in rows.order_by("product_id", "position", "id"):
        found.setdefault(row.product_id, []).append(row.picture)
    return found


def main_pictures(product_ids: Iterable[int]) -> dict[int, Picture]:
    """The picture in front of each product that has one."""
    found: dict[int, Picture] = {}
    rows = ProductPicture.objects.filter(product_id__in=list(product_ids)).select_related("picture")
    for row in rows.order_by("product_id", "position", "id"):
        found.setdefault(row.product_id, row.picture)
    return found
