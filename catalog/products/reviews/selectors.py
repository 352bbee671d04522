"""Reading reviews."""

from collections.abc import Iterable

from django.db.models import QuerySet

from catalog.products.reviews.models import ProductReview


def refs_reviewed(refs: Iterable[str]) -> set[str]:
    """Which of these order lines have been reviewed."""
    return set(ProductReview.objects.filter(verified_ref__in=list(refs)).values_list("verified_ref", flat=True))


def reviews_waiting() -> QuerySet[ProductReview]:
    return ProductReview.objects.filter(status=ProductReview.FOR_MODERATION).select_related("product").order_by("id")


def reviews_of_producer(producer_id: int) -> QuerySet[ProductReview]:
    """Approved reviews of a producer's goods, newest first."""
    found = ProductReview.objects.filter(status=ProductReview.APPROVED, product__producer_id=producer_id)
    return found.select_related("product").order_by("-id")
