"""Goods on the shelves: a store per seller, most products plenty, some scarce, a few sold out."""

import random
from collections.abc import Callable

from django.db import transaction

from kernel.actors import SYSTEM
from marketplace.inventory import services
from marketplace.inventory.models import Stock
from marketplace.sellers.models import HOUSE_CODE, Partner, StockRecord

BATCH = 50
PLENTY = (18, 24, 30, 36, 40, 48, 60, 75, 90, 120)


def seed(*, rng: random.Random, scale: int, out: Callable[[str], object]) -> None:
    """Fill every product that has a price and is no combo. A second run adds nothing."""
    stores = {
        partner.pk: services.location_create(
            actor=SYSTEM, name=f"Kho {partner.name}"[:160], partner_id=partner.pk, code=f"kho-{partner.code}"[:60]
        ).pk
        for partner in Partner.objects.exclude(code=HOUSE_CODE)
    }
    filled = set(Stock.objects.values_list("product_id", flat=True))
    records = (
        StockRecord.objects.exclude(partner__code=HOUSE_CODE).order_by("pk").values_list("product_id", "partner_id")
    )
    todo = [(product, stores[partner], _quantity(rng)) for product, partner in records]
    todo = [row for row in todo if row[0] not in filled]
    for start in range(0, len(todo), BATCH):
        with transaction.atomic():
            for product, store, quantity in todo[start : start + BATCH]:
                _fill(product, store, quantity)
    out(f"stock: {len(todo)} products in {len(stores)} stores")


def _quantity(rng: random.Random) -> int:
    luck = rng.random()
    if luck < 0.03:
        return 0
    return rng.randint(1, 5) if luck < 0.12 else rng.choice(PLENTY)


def _fill(product: int, store: int, quantity: int) -> None:
    services.stock_open(product_id=product, location_id=store)
    if quantity:
        services.receive(
            actor=SYSTEM,
            product_id=product,
            location_id=store,
            quantity=quantity,
            reference="demo",
            key=f"demo-stock:{product}",
        )
