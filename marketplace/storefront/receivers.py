"""What the storefront hears of: products and producers that change their address, pictures that are ready."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import pre_save
from django.dispatch import receiver

from kernel import pagecache
from kernel.pictures.signals import picture_ready
from marketplace.inventory.signals import levels_crossed
from marketplace.storefront.models import BackWish
from marketplace.storefront.services import former_slug_keep
from marketplace.storefront.tasks import refresh_chain, tell_waiting
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


@receiver(levels_crossed)
def tell_those_who_wait(sender: Any, product_ids: Iterable[int], **kwargs: Any) -> None:
    """Asked for only where somebody waits: most crossings concern nobody."""
    waited = BackWish.objects.filter(product_id__in=list(product_ids), told_at=None)
    ids = sorted(set(waited.values_list("product_id", flat=True)))
    if ids:
        tell_waiting.enqueue(product_ids=ids)


@receiver(picture_ready)
def show_picture(sender: Any, picture_id: int, **kwargs: Any) -> None:
    """Kept pages still say that the photo is coming."""
    pagecache.bump()
