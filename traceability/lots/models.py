from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traceability.events.domain.balance import from_milli


class Lot(models.Model):
    """A batch: of a harvest, of a step on the way, or of packed goods. Products are known by GTIN and snapshot."""

    class Kind(models.TextChoices):
        HARVEST = "harvest", _("Harvest")
        PROCESS = "process", _("In the making")
        PACK = "pack", _("Packed goods")

    class State(models.TextChoices):
        ON_SALE = "on_sale", _("On sale")
        HELD = "held", _("On hold")
        RECALLED = "recalled", _("Recalled")
        DESTROYED = "destroyed", _("Destroyed")

    gtin = models.CharField(max_length=14, blank=True, db_index=True)
    code = models.CharField(max_length=20)
    short_code = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    product_name = models.CharField(max_length=255)
    product_name_en = models.CharField(max_length=255, blank=True)
    producer_code = models.CharField(max_length=80, blank=True, db_index=True)
    producer_name = models.CharField(max_length=255, blank=True)
    uom = models.CharField(max_length=3, default="KGM")
    unit_grams = models.PositiveIntegerField(null=True, blank=True)  # of one piece, where pieces are counted
    made_milli = models.BigIntegerField(default=0)
    left_milli = models.BigIntegerField(default=0)
    produced_at = models.DateField(null=True, blank=True)
    packed_at = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ON_SALE)
    state_reason = models.CharField(max_length=500, blank=True)
    state_reason_en = models.CharField(max_length=500, blank=True)
    state_at = models.DateTimeField(null=True, blank=True)
    origin_unknown = models.BooleanField(default=False)  # made without a zone and without inputs
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["gtin", "code"], condition=~Q(gtin=""), name="lot_code_once_per_gtin"),
            models.UniqueConstraint(
                fields=["producer_code", "code"], condition=Q(gtin=""), name="lot_code_once_per_producer"
            ),
            models.CheckConstraint(condition=Q(made_milli__gte=0), name="lot_made_not_negative"),
            models.CheckConstraint(
                condition=Q(state__in=["on_sale", "held", "recalled", "destroyed"]), name="lot_state_known"
            ),
            models.CheckConstraint(condition=Q(kind__in=["harvest", "process", "pack"]), name="lot_kind_known"),
            models.CheckConstraint(condition=~Q(kind="pack") | ~Q(gtin=""), name="lot_pack_has_gtin"),
        ]
        indexes = [
            models.Index(fields=["gtin", "expires_on"], name="lot_for_sale", condition=Q(state="on_sale", kind="pack"))
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def made(self) -> Decimal:
        return from_milli(self.made_milli)

    @property
    def left(self) -> Decimal:
        return from_milli(self.left_milli)

    @property
    def pieces_left(self) -> int:
        return max(self.left_milli // 1000, 0)

    def kg(self, milli: int) -> Decimal | None:
        """Mass of a quantity of this lot, where it can be told."""
        if self.uom == "KGM":
            return Decimal(milli) / 1000
        if self.uom == "H87" and self.unit_grams:
            return Decimal(milli) * self.unit_grams / 1_000_000
        return None


class Serial(models.Model):
    """A single piece with a number of its own (AI 21)."""

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="serials")
    gtin = models.CharField(max_length=14)
    value = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gtin", "value"], name="serial_once_per_gtin")]

    def __str__(self) -> str:
        return self.value
