"""The ten gift combos, sold by the market itself."""

import csv
import random
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from catalog.bundles.services import combo_create
from catalog.products.domain import demo_gtin
from catalog.products.models import Product
from kernel.actors import SYSTEM
from marketplace.sellers.services import house_partner, price_set

DATA = Path(__file__).parents[1] / "data"


def seed(*, rng: random.Random, scale: int, out: Callable[[str], object]) -> None:
    there = set(Product.objects.filter(combo__isnull=False).values_list("slug", flat=True))
    packs = dict(Product.objects.filter(gtin__isnull=False).values_list("gtin", "pk"))
    made = 0
    with (DATA / "combos.csv").open(encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            if row["slug"] not in there:
                _make(row, packs)
                made += 1
    out(f"  {made} combos")


def _make(row: dict[str, str], packs: dict[str, int]) -> None:
    parts = [(int(part), int(count)) for part, count in (one.split(":") for one in row["components"].split(";"))]
    combo = combo_create(
        actor=SYSTEM,
        title=row["name_vi"],
        title_en=row["name_en"],
        slug=row["slug"],
        short=row["occasion_vi"],
        short_en=row["occasion_en"],
        description=row["story_vi"],
        description_en=row["story_en"],
        gross_g=int(row["gross_g"]),
        season_months=[int(month) for month in row["season_months"].split(",") if month],
        components=[(packs[demo_gtin(settings.GS1_PREFIX, part, 1)], count) for part, count in parts],
        wrappings=[(code, int(fee)) for code, fee in (one.split(":") for one in row["wrapping"].split(";"))],
        words={
            "occasion": row["occasion_vi"],
            "occasion_en": row["occasion_en"],
            "story": row["story_vi"],
            "story_en": row["story_en"],
            "card_text": row["card_vi"],
            "card_text_en": row["card_en"],
        },
    )
    price_set(
        actor=SYSTEM,
        product=combo.product,
        price=int(row["price_vnd"]),
        partner=house_partner(),
        sku=f"combo-{row['slug']}",
    )
