"""Sellers and what they ask for their goods. Stock is decided by inventory; only its mirror is written here."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Case, F, IntegerField, Value, When

from kernel import pagecache
from kernel.actors import Actor
from kernel.audit import services as audit
from kernel.policies import require
from marketplace.sellers.models import HOUSE_CODE, Partner, PriceFloor, StockRecord  # type: ignore[attr-defined]  # from Oscar
from marketplace.sellers.policies import can_open_seller, can_set_price
from marketplace.sellers.signals import price_changed

if TYPE_CHECKING:
    from catalog.producers.models import Producer
    from catalog.products.models import Product


def house_partner() -> Partner:
    """The market itself, which sells gift combos."""
    found, _ = Partner.objects.get_or_create(code=HOUSE_CODE, defaults={"name": "Chợ OCOP Kon Tum"})
    return found


def seller_open(*, actor: Actor, producer: "Producer") -> Partner:
    """The one partner of a producer, made when it is missing. Raises NotPermitted."""
    require(can_open_seller(actor))
    found, _ = Partner.objects.get_or_create(
        producer=producer, defaults={"code": producer.slug[:128], "name": producer.name[:128]}
    )
    return found


@transaction.atomic
def price_set(
    *, actor: Actor, product: "Product", price: int, partner: Partner | None = None, sku: str = ""
) -> StockRecord:
    """What one pack costs, in whole đồng. The partner of a new record is the product's producer's.

    Raises NotPermitted, ValueError for a price below 0.
    """
    if price < 0:
        raise ValueError("a price is not negative")
    record = StockRecord.objects.filter(product=product).select_related("partner").first()
    partner = record.partner if record else partner or _seller_of(actor, product)
    require(can_set_price(actor, partner))
    if record is None:
        record = StockRecord.objects.create(
            product=product, partner=partner, partner_sku=sku or product.gtin or f"P{product.pk}",
            price_currency="VND", price=Decimal(price), num_in_stock=0, num_allocated=0,
        )  # fmt: skip
        audit.record(actor, "sellers.price.set", record, new={"price": price})
    elif record.price != price:
        old = int(record.price or 0)
        StockRecord.objects.filter(pk=record.pk).update(price=Decimal(price))
        record.price = Decimal(price)
        audit.record(actor, "sellers.price.set", record, old={"price": old}, new={"price": price})
    else:
        return record
    pagecache.bump()
    transaction.on_commit(lambda: price_changed.send_robust(sender=StockRecord, product_id=product.pk))
    return record


def _seller_of(actor: Actor, product: "Product") -> Partner:
    if product.producer is None:
        raise ValueError("goods without a producer need a partner")
    return seller_open(actor=actor, producer=product.producer)


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


def price_floor_set(*, product: "Product", price: int | None) -> None:
    """The lowest price of a live sale; None takes it away. Whether the actor may is asked by the desk."""
    if price:
        PriceFloor.objects.update_or_create(product=product, defaults={"price": price})
    else:
        PriceFloor.objects.filter(product=product).delete()
