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


from oscar.apps.partner.models import *
