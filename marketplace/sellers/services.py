"""Writes on sellers and their stock records."""

from collections.abc import Mapping

from django.db.models import Case, F, IntegerField, Value, When

from marketplace.sellers.models import StockRecord


def stock_mirror(levels: Mapping[int, tuple[int, int]]) -> None:
    """Copy {product id: (in stock, allocated)} into Oscar's stock records, in the transaction of the caller.

    Only `marketplace.inventory` calls this: the records are a derived view of its stock.
    """
    if not levels:
        return
    in_stock = [When(product_id=product, then=Value(level[0])) for product, level in levels.items()]
    allocated = [When(product_id=product, then=Value(level[1])) for product, level in levels.items()]
    StockRecord.objects.filter(product_id__in=list(levels)).update(
        num_in_stock=Case(*in_stock, default=F("num_in_stock"), output_field=IntegerField()),
        num_allocated=Case(*allocated, default=F("num_allocated"), output_field=IntegerField()),
    )
