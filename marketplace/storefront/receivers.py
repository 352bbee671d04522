"""What the storefront hears of: products and producers that change their address, pictures that are ready."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import pre_save
from django.dispatch import receiver

from kernel import pagecache
from kernel.pictures.signals import picture_ready
from marketplace.storefront.services import former_slug_keep
from marketplace.storefront.tasks import refresh_chain
from traceability.lots.signals import lot_state_changed

KINDS = {"catalogue.Product": "product", "catalog_producers.Producer": "producer"}


def keep_former_slug(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Before a new address is saved the old one is put down, so that links elsewhere lead on."""
    if instance.pk is None or not instance.slug:
        return
    before = sender._base_manager.filter(pk=instance.pk).values_list("slug", flat=True).first()
    if before and before != instance.slug:
        former_slug_keep(kind=KINDS[sender._meta.label], slug=before, target_id=instance.pk, now=instance.slug)


for label in KINDS:
    pre_save.connect(keep_former_slug, sender=label, dispatch_uid=f"former-slug-{label}")


@receiver(lot_state_changed)
def renew_chain(sender: Any, gtin: str, **kwargs: Any) -> None:
    """A lot was held, called back or sold out: another one may be sent next."""
    if gtin:
        refresh_chain.enqueue(gtin=gtin)


@receiver(picture_ready)
def show_picture(sender: Any, picture_id: int, **kwargs: Any) -> None:
    """Kept pages still say that the photo is coming."""
    pagecache.bump()
