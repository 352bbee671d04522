"""Put pictures to products. Whether the actor may is asked by the caller's own policy (the desk, the office)."""

from __future__ import annotations

from typing import BinaryIO

from django.db import transaction
from django.db.models import Max

from catalog.pictures.models import ProductPicture
from kernel import pagecache
from kernel.actors import Actor
from kernel.audit import services as audit
from kernel.pictures.services import picture_add


@transaction.atomic
def product_picture_add(
    *, actor: Actor, product_id: int, file: BinaryIO, alt_vi: str, alt_en: str = ""
) -> ProductPicture:
    """Take a photo in and put it last in the gallery.

    Raises: PictureRefused.
    """
    picture = picture_add(file=file, kind="product", alt_vi=alt_vi, alt_en=alt_en)
    last = ProductPicture.objects.filter(product_id=product_id).aggregate(last=Max("position"))["last"]
    row = ProductPicture.objects.create(
        product_id=product_id, picture=picture, position=0 if last is None else last + 1
    )
    audit.record(actor, "catalog.picture.added", row)
    pagecache.bump()
    return row


@transaction.atomic
def product_picture_drop(*, actor: Actor, product_id: int, picture_id: int) -> None:
    """Take a picture out of the gallery; the file stays for the record."""
    row = ProductPicture.objects.filter(product_id=product_id, picture_id=picture_id).first()
    if row is not None:
        audit.record(actor, "catalog.picture.dropped", row)
        row.delete()
        pagecache.bump()


@transaction.atomic
def gallery_set(*, product_id: int, picture_ids: list[int]) -> None:
    """Make these the gallery, in this order; used by the demo market and by imports."""
    ProductPicture.objects.filter(product_id=product_id).exclude(picture_id__in=picture_ids).delete()
    for position, picture_id in enumerate(picture_ids):
        ProductPicture.objects.update_or_create(
            product_id=product_id, picture_id=picture_id, defaults={"position": position}
        )
    pagecache.bump()
