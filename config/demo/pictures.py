"""Draws what the demo market shows: three views of every product, and the gift boxes with what is in them.

The drawings come from the illustration kit and go through the picture pipeline, marked as illustrations. A second run
draws nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Q

from catalog.bundles.models import Combo
from catalog.pictures.models import ProductPicture
from catalog.pictures.services import gallery_set
from catalog.products.models import Product
from config.demo.art import compose, gift, rules
from kernel.pictures.models import Picture
from kernel.pictures.services import drawings_render, picture_draw
from kernel.pictures.tasks import render_picture

ALT = {
    "pack": ("Tranh minh họa: {vi}", "Illustration: {en}"),
    "detail": ("Tranh minh họa: nguyên liệu của {vi}", "Illustration: what {en} is made of"),
    "scene": ("Tranh minh họa: {vi} giữa vùng làm ra", "Illustration: {en} in the land it comes from"),
}
BATCH = 20
FIRST_WIDTHS = (200, 400)


def draw_all() -> tuple[int, list[int]]:
    """Draw for every product and gift set without pictures. Returns how many, and those that stand on cards."""
    without = Product.objects.exclude(structure=Product.CHILD).filter(gallery=None)
    named = list(
        without.filter(register_row__isnull=False, combo=None).select_related("producer").order_by("register_row")
    )
    rows = list(
        Product.objects.filter(register_row__isnull=False)
        .exclude(structure=Product.CHILD)
        .order_by("register_row")
        .values_list("pk", "registered_name", "title", "set_number")
    )
    keys = [(registered or title, number or 1) for _pk, registered, title, number in rows]
    seeds = dict(zip((row[0] for row in rows), rules.family_seeds(keys), strict=True))
    fronts: list[int] = []
    drawn = 0
    for batch in _batches(named):
        with transaction.atomic():
            for product in batch:
                made = _draw_product(product, seeds[product.pk])
                gallery_set(product_id=product.pk, picture_ids=[picture.pk for picture in made])
                fronts.append(made[0].pk)
                drawn += len(made)
    with transaction.atomic():
        for combo in Combo.objects.filter(product__gallery=None).select_related("product").order_by("pk"):
            picture = _draw_combo(combo)
            gallery_set(product_id=combo.product_id, picture_ids=[picture.pk])
            fronts.append(picture.pk)
            drawn += 1
    borrow()
    return drawn, fronts


def borrow() -> int:
    """Products made for load show the pictures of a real one of their kind."""
    models: dict[tuple[int | None, str], list[list[int]]] = {}
    galleries: dict[int, list[int]] = {}
    rows = ProductPicture.objects.filter(product__register_row__isnull=False, product__combo=None)
    for product_id, picture_id, number, kind in rows.order_by("product_id", "position").values_list(
        "product_id", "picture_id", "product__set_number", "product__kind"
    ):
        if product_id not in galleries:
            galleries[product_id] = []
            models.setdefault((number, kind), []).append(galleries[product_id])
            models.setdefault((number, ""), []).append(galleries[product_id])
        galleries[product_id].append(picture_id)
    everything = list(galleries.values())
    bare = Product.objects.exclude(structure=Product.CHILD).filter(
        Q(gallery=None), register_row__isnull=True, combo=None
    )
    made = []
    for place, (pk, number, kind) in enumerate(bare.order_by("pk").values_list("pk", "set_number", "kind")):
        pool = models.get((number, kind)) or models.get((number, "")) or everything
        if pool:
            made += [
                ProductPicture(product_id=pk, picture_id=picture_id, position=position)
                for position, picture_id in enumerate(pool[place % len(pool)])
            ]
    ProductPicture.objects.bulk_create(made, batch_size=1000)
    return len(made)


def make_first(picture_ids: list[int]) -> int:
    """The sizes that cards need, now; everything else is for the worker."""
    return drawings_render(picture_ids=picture_ids, widths=FIRST_WIDTHS)


def queue_rest(picture_ids: list[int]) -> None:
    """Hand pictures to the worker."""
    for picture_id in picture_ids:
        # Mails and orders go first.
        render_picture.using(priority=-50).enqueue(picture_id=picture_id)


def _draw_product(product: Product, seed: int) -> list[Picture]:
    name = product.registered_name or product.title
    producer = product.producer
    maker = "" if producer is None or producer.is_placeholder else producer.name
    made = []
    for view in compose.VIEWS:
        vi, en = ALT[view]
        made.append(
            picture_draw(
                svg=compose.picture(name, product.set_number or 1, maker, seed, view),
                kind="product",
                alt_vi=vi.format(vi=product.title),
                alt_en=en.format(en=product.title_en or product.title),
                queue=False,
            )
        )
    return made


def _draw_combo(combo: Combo) -> Picture:
    parts = []
    for component in combo.components.select_related("product__parent__producer", "product__producer"):
        product = component.product.parent or component.product
        producer = product.producer
        maker = "" if producer is None or producer.is_placeholder else producer.name
        parts.append((product.registered_name or product.title, product.set_number or 1, maker))
    title = combo.product.title
    return picture_draw(
        svg=gift.combo(parts[:6], combo.pk, title),
        kind="combo",
        alt_vi=f"Tranh minh họa: hộp quà {title}",
        alt_en=f"Illustration: gift box {combo.product.title_en or title}",
        queue=False,
    )


def _batches(items: list[Product]) -> Iterator[list[Product]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]
