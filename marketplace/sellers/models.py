"""Oscar's partner, tied to one producer."""

from django.db import models
from oscar.apps.partner.abstract_models import AbstractPartner

HOUSE_CODE = "cho-ocop"


class Partner(AbstractPartner):
    """A seller. One producer, one partner; the house partner (code HOUSE_CODE) sells gift combos."""

    producer = models.OneToOneField(
        "catalog_producers.Producer", null=True, blank=True, on_delete=models.PROTECT, related_name="partner"
    )
    is_active = models.BooleanField(default=True)


class PriceFloor(models.Model):
    """The lowest price at which a live session may sell; without one the usual price is the floor."""

    product = models.OneToOneField("catalogue.Product", on_delete=models.CASCADE, related_name="+")
    price = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.product_id}: {self.price}"


from oscar.apps.partner.models import *
