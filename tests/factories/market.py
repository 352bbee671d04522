"""Small building blocks for shop tests: a seller with a store, a product with price and stock, a combo."""

import itertools
from datetime import date
from decimal import Decimal
from typing import Any

from catalog.bundles.models import Combo, ComboComponent
from catalog.places.models import AdminUnit
from catalog.producers.models import Producer
from catalog.products.models import Product, ProductClass
from kernel.actors import SYSTEM
from kernel.text import fold, slugify_vi
from marketplace.inventory import services as inventory
from marketplace.inventory.models import Location
from marketplace.sellers.models import Partner, StockRecord

_number = itertools.count(1)


def seller(name: str = "", **fields: Any) -> Partner:
    """A partner with its producer and one store that fills web orders."""
    n = next(_number)
    name = name or f"HTX số {n}"
    producer = Producer.objects.create(name=name, slug=slugify_vi(name), **fields)
    partner = Partner.objects.create(name=name, code=slugify_vi(name), producer=producer)
    inventory.location_create(actor=SYSTEM, name=f"Kho {name}", partner_id=partner.pk, code=f"kho-{partner.pk}")
    return partner


def store_of(partner: Partner) -> Location:
    return Location.objects.get(code=f"kho-{partner.pk}")


def _class(slug: str) -> ProductClass:
    return ProductClass.objects.get_or_create(slug=slug, defaults={"name": slug, "track_stock": True})[0]


def product(
    partner: Partner | None = None, *, stock: int = 10, price: int = 98_000, title: str = "", **fields: Any
) -> Product:
    """A standalone product that can be bought."""
    n = next(_number)
    partner = partner or seller()
    title = title or f"Cà phê số {n}"
    fields.setdefault("gross_g", 600)
    item = Product.objects.create(
        title=title,
        slug=f"{slugify_vi(title)}-{n}",
        product_class=_class("goods"),
        producer=partner.producer,
        is_public=True,
        pack=fields.pop("pack", "gói 500 g"),
        **fields,
    )
    StockRecord.objects.create(
        product=item, partner=partner, partner_sku=f"sku-{n}", price=Decimal(price), price_currency="VND"
    )
    if stock:
        inventory.receive(actor=SYSTEM, product_id=item.pk, location_id=store_of(partner).pk, quantity=stock)
    else:
        inventory.stock_open(product_id=item.pk, location_id=store_of(partner).pk)
    return item


def combo(parts: list[tuple[Product, int]], *, price: int = 250_000, title: str = "Quà") -> Product:
    """A gift combo sold by the house."""
    n = next(_number)
    house, _ = Partner.objects.get_or_create(code="cho-ocop", defaults={"name": "Chợ OCOP"})
    item = Product.objects.create(
        title=f"{title} {n}", slug=f"qua-{n}", product_class=_class("combo"), is_public=True, gross_g=200
    )
    StockRecord.objects.create(
        product=item, partner=house, partner_sku=f"combo-{n}", price=Decimal(price), price_currency="VND"
    )
    card = Combo.objects.create(product=item)
    for position, (part, quantity) in enumerate(parts):
        ComboComponent.objects.create(combo=card, product=part, quantity=quantity, position=position)
    return item


def places() -> dict[str, AdminUnit]:
    """One province with two communes, as they are since 1/7/2025."""
    province, _ = AdminUnit.objects.get_or_create(
        code="51",
        valid_from=date(2025, 7, 1),
        defaults={"name": "Tỉnh Quảng Ngãi", "folded": "quang ngai", "level": "province", "slug": "quang-ngai"},
    )
    units = {"province": province}
    for code, name in (("23293", "Phường Kon Tum"), ("23425", "Xã Tu Mơ Rông")):
        units[code], _ = AdminUnit.objects.get_or_create(
            code=code,
            valid_from=date(2025, 7, 1),
            defaults={"name": name, "folded": fold(name), "level": "commune", "parent": province},
        )
    return units
