"""Stock per product and place, holds on it, and the ledger of every move. Written by `services` only."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    WEB = "web", _("web")
    POS = "pos", _("till")
    LIVE = "live", _("live sale")


class Location(models.Model):
    """A place where goods lie: a producer's store, a showroom, a fair."""

    class Kind(models.TextChoices):
        STORE = "store", _("producer's store")
        SHOWROOM = "showroom", _("showroom")
        FAIR = "fair", _("fair")

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.STORE)
    partner = models.ForeignKey(
        "partner.Partner", null=True, blank=True, on_delete=models.PROTECT, related_name="locations"
    )
    sells_online = models.BooleanField(default=True, help_text="web and live orders may be filled from here")
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Stock(models.Model):
    """`on_hand` pieces lie here; `held` of them are promised to holds, `allotted` are kept free for a channel."""

    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT, related_name="stocks")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="stocks")
    on_hand = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    allotted = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "location"], name="stock_once_per_place"),
            models.CheckConstraint(condition=Q(held__gte=0), name="stock_held_not_negative"),
            models.CheckConstraint(condition=Q(allotted__gte=0), name="stock_allotted_not_negative"),
            models.CheckConstraint(condition=Q(on_hand__gte=F("held") + F("allotted")), name="stock_never_oversold"),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} at {self.location_id}: {self.on_hand}"

    @property
    def free(self) -> int:
        """What any channel may take."""
        return self.on_hand - self.held - self.allotted


class Allotment(models.Model):
    """Pieces a producer keeps for one channel ("3 for the live sale, 10 for the counter")."""

    stock = models.ForeignKey(Stock, on_delete=models.PROTECT, related_name="allotments")
    channel = models.CharField(max_length=6, choices=Channel.choices)
    session_ref = models.CharField(max_length=60, blank=True, help_text="which live session; empty = any")
    quantity = models.PositiveIntegerField()
    held = models.PositiveIntegerField(default=0)
    used = models.PositiveIntegerField(default=0)
    is_open = models.BooleanField(default=True, help_text="closed: what comes back goes to the common stock")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stock", "channel", "session_ref"], name="allotment_once"),
            models.CheckConstraint(condition=Q(quantity__gte=F("held") + F("used")), name="allotment_never_oversold"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} for {self.channel}"

    @property
    def free(self) -> int:
        return self.quantity - self.held - self.used


class Hold(models.Model):
    """Pieces promised to somebody until `expires_at`. Ends as a sale (`claimed`) or gives them back."""

    class State(models.TextChoices):
        ACTIVE = "active"
        CLAIMED = "claimed"
        RELEASED = "released"
        EXPIRED = "expired"

    key = models.CharField(max_length=80, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE)
    channel = models.CharField(max_length=6, choices=Channel.choices, default=Channel.WEB)
    session_ref = models.CharField(max_length=60, blank=True)
    expires_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "expires_at"], name="hold_due")]

    def __str__(self) -> str:
        return f"{self.key} ({self.state})"


class HoldLine(models.Model):
    hold = models.ForeignKey(Hold, on_delete=models.CASCADE, related_name="lines")
    stock = models.ForeignKey(Stock, on_delete=models.PROTECT, related_name="hold_lines")
    allotment = models.ForeignKey(Allotment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    quantity = models.PositiveIntegerField()
    given_back = models.PositiveIntegerField(default=0, help_text="of a sale, returned to the shelf")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="hold_line_positive"),
            models.CheckConstraint(condition=Q(given_back__lte=F("quantity")), name="hold_line_given_back_bounded"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.stock_id}"


class StockMove(models.Model):
    """One line of the ledger, never changed: the sums of both deltas are `on_hand` and `held` of the stock."""

    class Reason(models.TextChoices):
        RECEIVED = "received", _("received")
        RECOUNTED = "recounted", _("recounted")
        MOVED = "moved", _("moved")
        HELD = "held", _("held")
        RELEASED = "released", _("hold released")
        EXPIRED = "expired", _("hold expired")
        SOLD = "sold", _("sold")
        RETURNED = "returned", _("returned to stock")
        LOST = "lost", _("lost or damaged")
        SHORTAGE = "shortage", _("sold at the counter without stock")

    stock = models.ForeignKey(Stock, on_delete=models.PROTECT, related_name="moves")
    on_hand_delta = models.IntegerField(default=0)
    held_delta = models.IntegerField(default=0)
    reason = models.CharField(max_length=10, choices=Reason.choices)
    reference = models.CharField(max_length=80, blank=True)
    key = models.CharField(max_length=120, null=True, blank=True, unique=True)
    channel = models.CharField(max_length=6, choices=Channel.choices, blank=True)
    note = models.CharField(max_length=200, blank=True)
    actor = models.CharField(max_length=60)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["stock", "id"], name="move_by_stock")]

    def __str__(self) -> str:
        return f"{self.reason} {self.on_hand_delta:+d}/{self.held_delta:+d}"
