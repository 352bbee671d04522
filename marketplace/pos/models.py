from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Shift(models.Model):
    """One day (or part of it) at one counter, from the counted float to the counted drawer."""

    point = models.ForeignKey("points.SalesPoint", on_delete=models.PROTECT, related_name="shifts")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    float_cash = models.PositiveIntegerField(default=0)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    counted_cash = models.PositiveIntegerField(null=True, blank=True)
    expected_cash = models.IntegerField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["point"], condition=Q(closed_at__isnull=True), name="one_open_shift")
        ]

    def __str__(self) -> str:
        return f"{self.point_id} {self.opened_at:%Y-%m-%d}"

    @property
    def difference(self) -> int:
        return (self.counted_cash or 0) - (self.expected_cash or 0)


class Sale(models.Model):
    """A bill. `key` is made by the till: a bill that is sent twice is one sale."""

    class Payment(models.TextChoices):
        CASH = "cash", _("cash")
        VIETQR = "vietqr", _("VietQR transfer")

    key = models.CharField(max_length=64, unique=True)
    number = models.CharField(max_length=24, unique=True)
    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, related_name="sales")
    cashier = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    order_number = models.CharField(max_length=32, blank=True, help_text="the order that carries it through the books")
    is_paid = models.BooleanField(default=True)
    payment = models.CharField(max_length=6, choices=Payment.choices)
    total = models.PositiveIntegerField()
    cash_given = models.PositiveIntegerField(null=True, blank=True)
    age_checked = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.number

    @property
    def change(self) -> int:
        return max(0, (self.cash_given or self.total) - self.total)


class SaleLine(models.Model):
    sale = models.ForeignKey(Sale, on_delete=models.PROTECT, related_name="lines")
    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey("partner.Partner", null=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=255)
    quantity = models.PositiveIntegerField()
    returned = models.PositiveIntegerField(default=0)
    price = models.PositiveIntegerField()
    gtin = models.CharField(max_length=14, blank=True)
    lot_code = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(returned__lte=models.F("quantity")), name="sale_line_returned_bounded"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="sale_line_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.title}"

    @property
    def total(self) -> int:
        return self.price * self.quantity

    @property
    def left(self) -> int:
        return self.quantity - self.returned


class SaleReturn(models.Model):
    """Goods brought back with their receipt; the money goes back from the drawer of `shift`."""

    key = models.CharField(max_length=64, unique=True)
    sale = models.ForeignKey(Sale, on_delete=models.PROTECT, related_name="returns")
    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, related_name="returns")
    amount = models.PositiveIntegerField()
    reason = models.CharField(max_length=200, blank=True)
    restocked = models.BooleanField(default=True)
    lines = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.sale_id}: {self.amount}"


class GoodsSlip(models.Model):
    """Goods received from a producer, or given back to him, with the names of who handed them over."""

    class Kind(models.TextChoices):
        IN = "in", _("received")
        OUT = "out", _("given back")

    key = models.CharField(max_length=64, unique=True)
    number = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=3, choices=Kind.choices)
    point = models.ForeignKey("points.SalesPoint", on_delete=models.PROTECT, related_name="slips")
    partner = models.ForeignKey("partner.Partner", on_delete=models.PROTECT, related_name="+")
    person = models.CharField(max_length=120, blank=True, help_text="who brought or fetched the goods")
    lines = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.number
