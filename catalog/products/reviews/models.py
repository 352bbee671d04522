"""Reviews by verified buyers: each belongs to one delivered order line; the office approves, the producer may answer."""

from django.db import models
from oscar.apps.catalogue.reviews.abstract_models import AbstractProductReview

from kernel import pagecache


class ProductReview(AbstractProductReview):
    verified_ref = models.CharField(
        max_length=40, null=True, blank=True, unique=True, help_text="the order line it was bought with"
    )
    answer = models.TextField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    def save(self, *args: object, **kwargs: object) -> None:
        super().save(*args, **kwargs)
        pagecache.bump()


from oscar.apps.catalogue.reviews.models import *
