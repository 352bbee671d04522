"""What makes a card out of date. Everything is only marked here; the worker does the rest."""

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from oscar.core.loading import get_model

from catalog.certification.signals import certificate_changed
from catalog.producers.signals import producer_saved
from catalog.products.signals import product_saved
from kernel.pictures.signals import picture_ready
from marketplace.inventory.signals import levels_crossed
from marketplace.sellers.signals import price_changed
from search.services import mark

# Which product a saved row belongs to.
OF_PRODUCT = {
    "catalogue.Product": "pk",
    "catalogue.ProductCategory": "product_id",
    "partner.StockRecord": "product_id",
    "catalog_certification.Certificate": "product_id",
    "catalog_bundles.Combo": "product_id",
    "catalog_pictures.ProductPicture": "product_id",
}


def _mark_product(sender: Any, instance: Any, **kwargs: Any) -> None:
    if not kwargs.get("raw"):
        mark("product", [getattr(instance, OF_PRODUCT[sender._meta.label])])


def _mark_combo(sender: Any, instance: Any, **kwargs: Any) -> None:
    combos = get_model("catalog_bundles", "Combo").objects.filter(pk=instance.combo_id)
    mark("product", combos.values_list("product_id", flat=True))


def _mark_producer(sender: Any, instance: Any, **kwargs: Any) -> None:
    mark("producer", [instance.pk])
    mark("product", instance.products.values_list("pk", flat=True))


for _label in OF_PRODUCT:
    post_save.connect(_mark_product, sender=_label, dispatch_uid=f"search-saved-{_label}")
    post_delete.connect(_mark_product, sender=_label, dispatch_uid=f"search-deleted-{_label}")
post_save.connect(_mark_combo, sender="catalog_bundles.ComboComponent", dispatch_uid="search-component")
post_delete.connect(_mark_combo, sender="catalog_bundles.ComboComponent", dispatch_uid="search-component-gone")
post_save.connect(_mark_producer, sender="catalog_producers.Producer", dispatch_uid="search-producer")


@receiver(levels_crossed)
def _mark_levels(sender: Any, product_ids: Iterable[int], **kwargs: Any) -> None:
    mark("product", product_ids)


@receiver([certificate_changed, price_changed, product_saved])
def _mark_changed(sender: Any, product_id: int, **kwargs: Any) -> None:
    """Guarded updates and bulk writes send no `post_save`; the services announce them."""
    mark("product", [product_id])


@receiver(producer_saved)
def _mark_goods_of(sender: Any, producer_id: int, **kwargs: Any) -> None:
    mark("producer", [producer_id])
    mark("product", get_model("catalogue", "Product").objects.filter(producer=producer_id).values_list("pk", flat=True))


@receiver(picture_ready)
def _mark_picture(sender: Any, picture_id: int, **kwargs: Any) -> None:
    rows = get_model("catalog_pictures", "ProductPicture").objects.filter(picture_id=picture_id)
    mark("product", rows.values_list("product_id", flat=True))
