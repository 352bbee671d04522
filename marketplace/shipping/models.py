"""Oscar's shipping tables stay unused; delivery prices are dated tariffs."""

from django.core.exceptions import ValidationError
from django.db import models

from marketplace.shipping.domain import tariff_from


class Tariff(models.Model):
    """A table of delivery prices from one day on (form: shipping/tariff.json). Older orders keep what they paid."""

    name = models.CharField(max_length=80)
    valid_from = models.DateField(unique=True)
    table = models.JSONField()

    class Meta:
        ordering = ["-valid_from"]

    def __str__(self) -> str:
        return f"{self.name} ({self.valid_from:%d/%m/%Y})"

    def clean(self) -> None:
        try:
            tariff_from({**self.table, "valid_from": str(self.valid_from)})
        except (KeyError, TypeError, ValueError) as error:
            raise ValidationError({"table": str(error)}) from error


from oscar.apps.shipping.models import *
