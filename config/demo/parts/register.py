"""The 83 products of the register: imported like any register file, then texts, packs and prices laid over them."""

import csv
import random
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings

from catalog.feeds.readers import read_register
from catalog.feeds.selectors import register_plan
from catalog.feeds.services import register_apply
from catalog.products import services as products
from catalog.products.domain import demo_gtin
from catalog.products.models import Product
from config.demo.parts import variants
from kernel.actors import SYSTEM
from marketplace.sellers.models import StockRecord  # type: ignore[attr-defined]  # from Oscar
from marketplace.sellers.services import price_set

DATA = Path(__file__).parents[1] / "data"
FLAGS = ("fragile", "cold", "liquid", "live")
WORDS = {
    "title": "name_vi", "title_en": "name_en", "short": "short_vi", "short_en": "short_en",
    "description": "description_vi", "description_en": "description_en", "ingredients": "ingredients_vi",
    "ingredients_en": "ingredients_en", "unit_price_basis": "unit_price_basis", "storage": "storage_vi",
    "storage_en": "storage_en", "usage": "usage_vi", "usage_en": "usage_en", "allergens": "allergens_vi",
    "allergens_en": "allergens_en", "keywords": "keywords", "kind": "kind",
}  # fmt: skip


def seed(*, rng: random.Random, scale: int, out: Callable[[str], object]) -> None:
    plan = register_plan(read_register(DATA / "register.csv"))
    done = register_apply(actor=SYSTEM, plan=plan)
    with (DATA / "products.csv").open(encoding="utf-8", newline="") as source:
        texts = list(csv.DictReader(source))
    rows = {product.register_row: product for product in Product.objects.filter(register_row__isnull=False)}
    priced = set(StockRecord.objects.values_list("product_id", flat=True))
    for text in texts:
        _lay_over(rows[int(text["row"])], text, priced)
    more = variants.seed(rng=rng, scale=scale)
    out(f"  {done['new']} products of the register are new, {done['changed']} changed; {more} made for load")


def _lay_over(product: Product, text: dict[str, str], priced: set[int]) -> None:
    products.product_change(
        actor=SYSTEM,
        product=product,
        shelf_life_days=_int(text["shelf_life_days"]),
        abv_percent=Decimal(text["abv_percent"]) if text["abv_percent"] else None,
        season_months=[int(month) for month in text["season_months"].split(",") if month],
        papers=[code for code in text["papers"].split(";") if code],
        **{flag: text[flag] == "1" for flag in FLAGS},
        **{ours: text[theirs] for ours, theirs in WORDS.items()},
    )
    if product.slug != (slug := products.slugify_vi(text["name_vi"])) and not product.children.exists():
        _first_slug(product, slug, priced)
    sold = products.packs_set(actor=SYSTEM, product=product, packs=_packs(int(text["row"]), text))
    for pack, price in zip(sold, (text["price_vnd"], text["price2_vnd"]), strict=False):
        if pack.pk not in priced:
            price_set(actor=SYSTEM, product=pack, price=int(price))


def _first_slug(product: Product, slug: str, priced: set[int]) -> None:
    """Nobody knows the address yet of a product without a price: it takes the tidied name's."""
    if product.pk not in priced:
        product.slug = products.free_slug(slug, keep=product.pk)
        product.save(update_fields=["slug"])


def _packs(row: int, text: dict[str, str]) -> list[products.Pack]:
    return [
        products.Pack(
            pack=text[f"pack{n}"],
            pack_en=text[f"pack{n}_en"],
            gtin=demo_gtin(settings.GS1_PREFIX, row, number),
            net_g=_int(text[f"net{n}_g"]),
            net_ml=_int(text[f"net{n}_ml"]),
            gross_g=_int(text[f"gross{n}_g"]),
        )
        for number, n in ((1, ""), (2, "2"))
        if text[f"pack{n}"]
    ]


def _int(value: str) -> Any:
    return int(value) if value else None
