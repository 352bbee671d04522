"""Price and stock rows, for pages."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from catalog.producers.selectors import paper_lapsed
from kernel import clock
from marketplace.sellers.models import Partner, PriceFloor, StockRecord  # type: ignore[attr-defined]  # from Oscar

_JOINS = (
    "partner",
    "product__producer__commune",
    "product__commune",
    "product__parent__producer__commune",
    "product__parent__commune",
)
_UNIT = ("name", "local_spelling", "code")
_PRODUCER = ("name", "name_en", "slug", "is_placeholder", "commune", *(f"commune__{name}" for name in _UNIT))
_PRODUCT = (
    "structure", "is_public", "slug", "title", "title_en", "rating", "set_number", "gtin", "pack", "pack_en", "net_g",
    "net_ml", "gross_g", "unit_price_basis", "abv_percent", "cold", "producer", "commune",
    *(f"producer__{name}" for name in _PRODUCER), *(f"commune__{name}" for name in _UNIT),
)  # fmt: skip
# What cards and packs read; with all columns of eight joined tables the query takes longer to build than to run.
_COLUMNS = (
    "price", "num_in_stock", "num_allocated", "partner__is_active", "partner__code", "partner__name", "partner_sku",
    "product__parent", *(f"product__{name}" for name in _PRODUCT), *(f"product__parent__{name}" for name in _PRODUCT),
)  # fmt: skip


def records_of(product_ids: Iterable[int]) -> QuerySet[StockRecord]:
    """The stock rows of these products, those of their sizes included, with what a card needs joined."""
    ids = list(product_ids)
    return _rows().filter(Q(product_id__in=ids) | Q(product__parent_id__in=ids))


def _rows() -> QuerySet[StockRecord]:
    return _stopped(StockRecord.objects.select_related(*_JOINS).only(*_COLUMNS))


def _stopped(rows: QuerySet[StockRecord]) -> QuerySet[StockRecord]:
    """With `paper_lapsed`: goods whose mandatory paper has lapsed are shown, but not sold."""
    return rows.annotate(paper_lapsed=paper_lapsed(clock.today()))


def records_of_packs(pack_ids: Iterable[int]) -> QuerySet[StockRecord]:
    """The stock rows of these very sizes."""
    return _rows().filter(product_id__in=list(pack_ids))


def record_of_gtin(gtin: str) -> StockRecord | None:
    """The stock row of the product or size with this GTIN, leading zeros or not."""
    forms = {gtin, gtin.lstrip("0"), gtin.zfill(13), gtin.zfill(14)}
    return _stopped(StockRecord.objects.select_related(*_JOINS)).filter(product__gtin__in=forms).first()


def price_floors(product_ids: Iterable[int]) -> dict[int, int]:
    """{product id: lowest live price} of those that have one."""
    return dict(PriceFloor.objects.filter(product__in=list(product_ids)).values_list("product", "price"))


def partners_with_goods() -> QuerySet[Partner]:
    """Sellers with something to sell, the house's own gift sets left out."""
    rows = Partner.objects.filter(is_active=True, producer__isnull=False, stockrecords__price__isnull=False)
    return rows.distinct().order_by("name")


def records_of_partner(partner_id: int) -> QuerySet[StockRecord]:
    """Everything one seller has a price for."""
    rows = StockRecord.objects.filter(partner_id=partner_id, price__isnull=False)
    return rows.select_related("product__parent").order_by("product__title", "pk")
