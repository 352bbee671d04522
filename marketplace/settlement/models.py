"""An append-only ledger of double entries per producer. Mistakes and returns are answered by reversals."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.settlement.domain import rules_from

ACCOUNTS = [
    ("buyers", _("owed by buyers")),
    ("discounts", _("discounts borne by the market")),
    ("seller", _("owed to the seller")),
    ("platform_fee", _("platform fee")),
    ("tax_withheld", _("tax withheld")),
    ("host", _("owed to the live host")),
    ("shipping", _("delivery")),
    ("bank", _("bank")),
]


class RuleTable(models.Model):
    """Fee and tax from a day on (form: settlement/rules.json). Entries keep what held on their day."""

    valid_from = models.DateField(unique=True)
    table = models.JSONField()
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["valid_from"]

    def __str__(self) -> str:
        return f"{self.valid_from:%d/%m/%Y}"

    def clean(self) -> None:
        try:
            rules_from([{**self.table, "valid_from": str(self.valid_from)}])
        except (ArithmeticError, KeyError, TypeError, ValueError) as error:
            raise ValidationError({"table": str(error)}) from error


class Posting(models.Model):
    """One business event, with entries that sum to zero. Its key makes it happen once."""

    class Kind(models.TextChoices):
        SALE = "sale", _("sale")
        REVERSAL = "reversal", _("reversal")
        PAYOUT = "payout", _("payout")

    key = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    partner = models.ForeignKey("partner.Partner", on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=36, help_text="number of the seller order or the payout")
    reverses = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversal")
    day = models.DateField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["partner", "day"], name="posting_statement")]

    def __str__(self) -> str:
        return self.key


class Entry(models.Model):
    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="entries")
    account = models.CharField(max_length=12, choices=ACCOUNTS)
    amount = models.BigIntegerField(help_text="whole đồng; the sum over a posting is zero")

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="entry_not_zero")]

    def __str__(self) -> str:
        return f"{self.account} {self.amount:+d}"


class Payout(models.Model):
    """What is paid to a producer: due, approved by one person, paid out by another."""

    class State(models.TextChoices):
        DUE = "due", _("due")
        APPROVED = "approved", _("approved")
        PAID_OUT = "paid_out", _("paid out")

    number = models.CharField(max_length=36, unique=True)
    partner = models.ForeignKey("partner.Partner", on_delete=models.PROTECT, related_name="payouts")
    until = models.DateField(help_text="sales up to this day")
    amount = models.PositiveBigIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.DUE)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    paid_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    paid_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["partner", "until"], name="payout_once_per_day"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payout_positive"),
        ]

    def __str__(self) -> str:
        return self.number
