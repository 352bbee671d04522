"""Many invented goods for load: copies of the register's under other names, written in bulk (scale > 1)."""

import copy
import random
from decimal import Decimal

from django.conf import settings
from django.db import transaction

from catalog.products.domain import demo_gtin
from catalog.products.models import Product, ProductCategory  # type: ignore[attr-defined]  # from Oscar
from kernel import pagecache
from kernel.text import slugify_vi
from marketplace.sellers.models import StockRecord  # type: ignore[attr-defined]  # from Oscar

PER_SCALE = 55
FIRST_ROW = 100_000
KEY = "load-"  # these stand in no register: their row is empty and their key says so
BATCH = 500
VILLAGES = (
    "Kon Pring", "Kon Kơ Tu", "Đăk Mế", "Kon Trang Long Loi", "Vi Rơ Ngheo", "Đăk Răng", "Kon Tu Rằng", "Plei Rơ Hai",
    "Kon Rờ Bàng", "Đăk Wâk", "Kon Jơ Dri", "Tu Thó", "Pa Cheng", "Đăk Viên", "Kon Chênh", "Măng Cành", "Đăk Xế",
    "Long Năng", "Kon Hring", "Đăk Lộc",
)  # fmt: skip
KINDS = ("mẻ nhỏ", "vụ sớm", "vụ muộn", "nhà làm", "phơi sương", "hộp quà", "gói tiết kiệm", "loại một")


def seed(*, rng: random.Random, scale: int) -> int:
    """Bring the number of invented goods up to `PER_SCALE` for each step of scale above 1."""
    wanted = PER_SCALE * scale if scale > 1 else 0
    made = Product.objects.filter(register_key__startswith=KEY, parent=None)
    there = set(made.values_list("register_key", flat=True))
    missing = [row for row in range(FIRST_ROW, FIRST_ROW + wanted) if f"{KEY}{row}" not in there]
    if not missing:
        return 0
    models = list(Product.objects.filter(register_row__isnull=False).order_by("register_row"))
    prices = _prices()
    category_of = dict(ProductCategory.objects.values_list("product_id", "category_id"))
    partner_of = dict(StockRecord.objects.values_list("product__producer_id", "partner_id"))
    for start in range(0, len(missing), BATCH):
        _write(missing[start : start + BATCH], models, prices, category_of, partner_of, rng)
    pagecache.bump()
    return len(missing)


def _prices() -> dict[int, tuple[Product, Decimal]]:
    """The first pack and its price for each page product."""
    found: dict[int, tuple[Product, Decimal]] = {}
    records = StockRecord.objects.exclude(product__register_key__startswith=KEY)
    for record in records.select_related("product").order_by("-pk"):
        found[record.product.parent_id or record.product_id] = (record.product, record.price)
    return found


@transaction.atomic
def _write(rows, models, prices, category_of, partner_of, rng) -> None:  # type: ignore[no-untyped-def]
    fresh, price_of = [], {}
    for row in rows:
        number = row - FIRST_ROW
        model = models[number % len(models)]
        round_ = number // len(models)
        pack, price = prices[model.pk]
        product = copy.copy(model)
        product.pk, product.upc = None, None
        product.structure = Product.STANDALONE
        product.register_row, product.register_key = None, f"{KEY}{row}"
        kind = KINDS[(round_ + number) % len(KINDS)]
        village = VILLAGES[(round_ // len(KINDS) + number) % len(VILLAGES)]
        product.title = f"{model.title} {village}, {kind} {round_ + 1}"[:255]
        product.title_en = f"{model.title_en} {village}, lot {round_ + 1}"[:255]
        product.slug = f"{slugify_vi(product.title)[:230]}-{row}"
        product.gtin = demo_gtin(settings.GS1_PREFIX, row, 1)
        for column in ("pack", "pack_en", "net_g", "net_ml", "gross_g"):
            setattr(product, column, getattr(pack, column))
        price_of[product.register_key] = int(price * rng.randint(80, 130) / 100) // 1000 * 1000
        product._state = copy.copy(model._state)
        product._state.adding = True
        fresh.append((product, model))
    Product.objects.bulk_create([product for product, _ in fresh], batch_size=100)
    keys = [product.register_key for product, _ in fresh]
    by_key = {product.register_key: product for product in Product.objects.filter(register_key__in=keys)}
    ProductCategory.objects.bulk_create(
        [
            ProductCategory(product=by_key[product.register_key], category_id=category_of[model.pk])
            for product, model in fresh
            if model.pk in category_of
        ]
    )
    StockRecord.objects.bulk_create(
        [
            StockRecord(
                product=by_key[product.register_key],
                partner_id=partner_of[product.producer_id],
                partner_sku=product.gtin,
                price_currency="VND",
                price=Decimal(price_of[product.register_key]),
                num_in_stock=0,
                num_allocated=0,
            )
            for product, _ in fresh
        ]
    )
