"""Price and stock rows, for pages."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from marketplace.sellers.models import StockRecord

_JOINS = (
    "partner",
    "product__producer__commune",
    "product__commune",
    "product__parent__producer__commune",
    "product__parent__commune",
)


def records_of(product_ids: Iterable[int]) -> QuerySet[StockRecord]:
    """The stock rows of these products, those of their sizes included, with what a card needs joined."""
    ids = list(product_ids)
    return StockRecord.objects.filter(Q(product_id__in=ids) | Q(product__parent_id__in=ids)).select_related(*_JOINS)


def records_of_packs(pack_ids: Iterable[int]) -> QuerySet[StockRecord]:
    """The stock rows of these very sizes."""
    return StockRecord.objects.filter(product_id__in=list(pack_ids)).select_related(*_JOINS)


def record_of_gtin(gtin: str) -> StockRecord | None:
    """The stock row of the product or size with this GTIN, leading zeros or not."""
    forms = {gtin, gtin.lstrip("0"), gtin.zfill(13), gtin.zfill(14)}
    return StockRecord.objects.filter(product__gtin__in=forms).select_related(*_JOINS).first()
