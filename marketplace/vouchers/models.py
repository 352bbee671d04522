"""Vouchers with limits that hold: a counter moved by one guarded update, and unique rows per phone."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from oscar.apps.voucher.abstract_models import AbstractVoucher


class Voucher(AbstractVoucher):
    """A code that takes a percentage or a sum off. Oscar's offers and usage words are not consulted."""

    class Kind(models.TextChoices):
        PERCENT = "percent", _("per cent")
        AMOUNT = "amount", _("đồng")

    kind = models.CharField(max_length=7, choices=Kind.choices, default=Kind.PERCENT)
    value = models.PositiveIntegerField(default=0, help_text="per cent, or whole đồng")
    min_goods = models.PositiveIntegerField(default=0, help_text="goods in đồng from which it counts")
    max_uses = models.PositiveIntegerField(null=True, blank=True, help_text="in all; 1 = single use; empty = no limit")
    once_per_phone = models.BooleanField(default=True)
    uses = models.PositiveIntegerField(default=0, editable=False)
    partner = models.ForeignKey(
        "partner.Partner",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="only for goods of this seller",
    )

    class Meta(AbstractVoucher.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(max_uses__isnull=True) | Q(uses__lte=F("max_uses")), name="voucher_uses_bounded"
            ),
            models.CheckConstraint(condition=~Q(kind="percent") | Q(value__lte=100), name="voucher_percent_within_100"),
        ]


class VoucherUse(models.Model):
    """One use. `bound_to` is the phone number where a voucher counts once per phone, else the order's number."""

    voucher = models.ForeignKey("voucher.Voucher", on_delete=models.PROTECT, related_name="order_uses")
    bound_to = models.CharField(max_length=32)
    order_number = models.CharField(max_length=32, unique=True)
    amount = models.PositiveBigIntegerField()
    is_released = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["voucher", "bound_to"], condition=Q(is_released=False), name="voucher_once_per_binding"
            )
        ]

    def __str__(self) -> str:
        return f"{self.voucher_id} {self.order_number}"


from oscar.apps.voucher.models import *
