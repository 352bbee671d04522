"""Tell me when it is back: a number is kept with a size, told once, and forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from kernel import clock
from kernel.errors import NotFound
from marketplace.messages.services import sms_put
from marketplace.storefront.errors import NotSoldOut, TooManyWishes
from marketplace.storefront.models import BackWish
from marketplace.storefront.selectors import goods_by_pack
from marketplace.storefront.structured import absolute

OPEN_WISHES = 5
KEEP_OPEN = timedelta(days=180)
KEEP_TOLD = timedelta(days=30)


def wish_put(*, product_id: int, phone: str, language: str) -> None:
    """Remember that `phone` (E.164) waits for a size that is sold out; asking twice is asking once.

    Raises: NotFound, NotSoldOut, TooManyWishes.
    """
    goods = next(iter(goods_by_pack([product_id]).values()), None)
    if goods is None or not goods.product.is_public:
        raise NotFound
    if goods.packs[0].sellable:
        raise NotSoldOut
    waiting = BackWish.objects.filter(phone=phone, told_at=None)
    if waiting.exclude(product_id=product_id).count() >= OPEN_WISHES:
        raise TooManyWishes(count=OPEN_WISHES)
    try:
        with transaction.atomic():
            BackWish.objects.create(product_id=product_id, phone=phone, language=language, asked_at=clock.now())
    except IntegrityError:
        return


def wishes_tell(*, product_ids: Iterable[int]) -> int:
    """Tell everybody who waits for those of these sizes that can be bought again; each once. Safe to run twice."""
    back = {
        pack.product_id: goods.product
        for goods in goods_by_pack(product_ids).values()
        for pack in goods.packs
        if pack.sellable and goods.product.is_public
    }
    told = 0
    for wish in BackWish.objects.filter(product_id__in=back, told_at=None).order_by("pk"):
        product = back[wish.product_id]
        title = (wish.language == "en" and product.title_en) or product.title
        prefix = "/en" if wish.language == "en" else ""
        url = absolute(f"{prefix}/san-pham/{product.slug}/")
        with transaction.atomic():
            if BackWish.objects.filter(pk=wish.pk, told_at=None).update(told_at=clock.now()):
                context = {"product": title, "url": url}
                sms_put(key=f"back:{wish.pk}", template="back", to=wish.phone, language=wish.language, context=context)
                told += 1
    return told


def wishes_forget() -> int:
    """Numbers are not kept longer than they are of use."""
    now = clock.now()
    old = Q(asked_at__lt=now - KEEP_OPEN) | Q(told_at__lt=now - KEEP_TOLD)
    return BackWish.objects.filter(old).delete()[0]
