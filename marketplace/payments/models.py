"""Money per order, whatever way it comes. Oscar's sources and transactions stay unused."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Payment(models.Model):
    """What one order owes, what came, what went back. `reference` is the order's number and the purpose code."""

    class State(models.TextChoices):
        EXPECTED = "expected", _("expected")
        RECEIVED = "received", _("received")
        REFUNDED = "refunded", _("refunded")

    class Method(models.TextChoices):
        COD = "cod", _("cash on delivery")
        VIETQR = "vietqr", _("bank transfer (VietQR)")
        CARD = "card", _("card")
        CASH = "cash", _("cash at the counter")

    reference = models.CharField(max_length=32, unique=True)
    phone = models.CharField(max_length=16, blank=True, db_index=True)
    method = models.CharField(max_length=6, choices=Method.choices)
    amount = models.PositiveBigIntegerField(help_text="whole đồng")
    received = models.PositiveBigIntegerField(default=0)
    refunded = models.PositiveBigIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State.choices, default=State.EXPECTED)
    is_closed = models.BooleanField(default=False, help_text="the order takes no more money: what comes goes back")
    provider_ref = models.CharField(max_length=120, blank=True, db_index=True)
    session_ref = models.CharField(max_length=120, blank=True, help_text="checkout session of the card service")
    created_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField(null=True, blank=True)
    covered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(refunded__lte=F("received")), name="refund_within_receipts"),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.received - self.refunded}/{self.amount}"


class Receipt(models.Model):
    """Money that came in, once per key. Without a payment it could not be matched yet."""

    class Source(models.TextChoices):
        BANK = "bank", _("bank notice")
        STATEMENT = "statement", _("bank statement")
        CARD = "card", _("card")
        CASH = "cash", _("cash")
        MANUAL = "manual", _("entered by hand")

    class Problem(models.TextChoices):
        NONE = "", _("none")
        SHORT = "short", _("too little")
        OVER = "over", _("too much")
        LATE = "late", _("after the order had ended")
        DOUBLE = "double", _("a second time")
        UNIDENTIFIED = "unidentified", _("no order found")

    key = models.CharField(max_length=160, unique=True)
    source = models.CharField(max_length=10, choices=Source.choices)
    payment = models.ForeignKey(Payment, null=True, blank=True, on_delete=models.PROTECT, related_name="receipts")
    amount = models.PositiveBigIntegerField()
    content = models.CharField(max_length=300, blank=True)
    problem = models.CharField(max_length=12, choices=Problem.choices, blank=True)
    received_at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="receipt_positive")]

    def __str__(self) -> str:
        return f"{self.key} {self.amount}"


class ManualMatch(models.Model):
    """A person says a receipt belongs to an order; a second person confirms it."""

    receipt = models.OneToOneField(Receipt, on_delete=models.PROTECT, related_name="manual_match")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                name="manual_match_two_people",
            )
        ]

    def __str__(self) -> str:
        return f"{self.receipt_id} -> {self.payment_id}"


class Refund(models.Model):
    """Money that goes back, once per key. The bound is the check on `Payment`."""

    class State(models.TextChoices):
        REQUESTED = "requested", _("requested")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    key = models.CharField(max_length=160, unique=True)
    amount = models.PositiveBigIntegerField()
    reason = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State.choices, default=State.REQUESTED)
    provider_ref = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="refund_positive")]

    def __str__(self) -> str:
        return f"{self.amount} of {self.payment_id}"


class CodEntry(models.Model):
    """Cash of one delivery: due, then collected by carrier or counter, then remitted to the market; or refused."""

    class State(models.TextChoices):
        DUE = "due", _("due")
        COLLECTED = "collected", _("collected")
        REMITTED = "remitted", _("remitted")
        REFUSED = "refused", _("refused")

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="cod_entries")
    reference = models.CharField(max_length=36, unique=True, help_text="number of the seller order")
    amount = models.PositiveBigIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DUE)
    collected_at = models.DateTimeField(null=True, blank=True)
    remitted_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.reference} {self.amount} {self.state}"


class StripeEvent(models.Model):
    """Every event of the card service, once; unknown ones are parked here."""

    event_id = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=80)
    payload = models.JSONField()
    outcome = models.CharField(max_length=40, blank=True)
    received_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.event_id}"


class Dispute(models.Model):
    """A buyer's bank takes a card payment back until the case is decided."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="disputes")
    provider_ref = models.CharField(max_length=120, unique=True)
    amount = models.PositiveBigIntegerField()
    state = models.CharField(max_length=40)
    opened_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.provider_ref} {self.state}"


from oscar.apps.payment.models import *
