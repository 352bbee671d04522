from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.live.domain import new_code


class Host(models.Model):
    """Somebody who may go live: identity checked by the office, rules accepted by himself."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="live_host")
    name = models.CharField(max_length=120)
    identity_checked_at = models.DateTimeField(null=True, blank=True)
    identity_checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    rules_accepted_at = models.DateTimeField(null=True, blank=True)
    commission_percent = models.PositiveSmallIntegerField(default=5)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(commission_percent__lte=30), name="host_commission_at_most_30")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def may_go_live(self) -> bool:
        return self.is_active and self.identity_checked_at is not None and self.rules_accepted_at is not None


class LiveSession(models.Model):
    """One live sale. Prices and allotments hold only while it is on air."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        ON_AIR = "on_air", _("on air")
        PAUSED = "paused", _("paused")
        ENDED = "ended", _("ended")

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    host = models.ForeignKey(Host, on_delete=models.PROTECT, related_name="sessions")
    title = models.CharField(max_length=120)
    starts_at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=State.choices, default=State.PLANNED, db_index=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    limit_per_person = models.PositiveSmallIntegerField(default=5)
    pinned = models.ForeignKey(
        "LiveItem", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_constraint=False
    )
    version = models.PositiveIntegerField(default=1, help_text="raised at every change that viewers see")

    class Meta:
        ordering = ["-starts_at"]

    def __str__(self) -> str:
        return self.title


class LiveItem(models.Model):
    session = models.ForeignKey(LiveSession, on_delete=models.CASCADE, related_name="items")
    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT, related_name="+")
    price = models.PositiveIntegerField()
    usual_price = models.PositiveIntegerField()
    quantity = models.PositiveIntegerField(help_text="allotted to this session")
    position = models.PositiveSmallIntegerField(default=0)
    stopped = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["session", "product"], name="live_item_once"),
            models.CheckConstraint(condition=Q(price__gt=0), name="live_price_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} in {self.session_id}"


class LiveTake(models.Model):
    """A viewer pressed "Buy": pieces are held under `key` until the checkout or the clock ends it."""

    key = models.CharField(max_length=80, unique=True)
    item = models.ForeignKey(LiveItem, on_delete=models.PROTECT, related_name="takes")
    quantity = models.PositiveSmallIntegerField()
    price = models.PositiveIntegerField()
    visitor = models.CharField(max_length=64, db_index=True, help_text="whom the limit per person counts")
    basket_id = models.PositiveBigIntegerField(null=True, blank=True, db_index=True)
    order_number = models.CharField(max_length=40, blank=True)
    commission_percent = models.PositiveSmallIntegerField(default=0, help_text="of the host, when it was pressed")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key
