"""Writing, approving and answering reviews."""

from django.db import IntegrityError, transaction

from catalog.products.reviews.errors import AlreadyReviewed, BadReview
from catalog.products.reviews.models import ProductReview
from kernel import clock
from kernel.actors import Actor
from kernel.audit import services as audit
from kernel.policies import require
from kernel.text import nfc

SHORTEST, LONGEST = 10, 2000


def review_submit(
    *, actor: Actor, product_id: int, verified_ref: str, score: int, text: str, name: str
) -> ProductReview:
    """Keep a review of a verified purchase; it shows once the office has approved it.

    `verified_ref` names the delivered order line: the caller vouches for it. Raises: AlreadyReviewed, BadReview.
    """
    text = nfc(text).strip()[:LONGEST]
    if score not in range(1, 6) or len(text) < SHORTEST:
        raise BadReview
    try:
        with transaction.atomic():
            return ProductReview.objects.create(
                product_id=product_id,
                user=actor.user,
                name=nfc(name).strip()[:255],
                email="",
                score=score,
                title="",
                body=text,
                verified_ref=verified_ref,
                status=ProductReview.FOR_MODERATION,
            )
    except IntegrityError:
        raise AlreadyReviewed from None


@transaction.atomic
def review_moderate(*, actor: Actor, review: ProductReview, approve: bool) -> None:
    """Show or refuse a review. Raises: NotPermitted."""
    require(actor.has_role("office", "editors", "administrators"))
    review.status = ProductReview.APPROVED if approve else ProductReview.REJECTED
    review.save()
    audit.record(actor, "catalog.review.approved" if approve else "catalog.review.refused", review)


@transaction.atomic
def review_answer(*, actor: Actor, review: ProductReview, text: str) -> None:
    """The producer's answer below a review (the caller has checked that the product is his)."""
    review.answer, review.answered_at = nfc(text).strip()[:1000], clock.now()
    review.save()
    audit.record(actor, "catalog.review.answered", review)
