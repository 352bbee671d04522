from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.links.domain import new_code


class ShareLink(models.Model):
    """A short address. Its target is an id of ours, never an address, so that it leads nowhere else."""

    class Kind(models.TextChoices):
        PRODUCT = "product", _("product")
        COMBO = "combo", _("gift combo")
        STORY = "story", _("story")
        LOT = "lot", _("lot")
        LIVE = "live", _("live session")
        PRODUCER = "producer", _("producer")

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    target_id = models.PositiveBigIntegerField()
    title = models.CharField(max_length=200)
    label = models.CharField(_("where it is shared"), max_length=60, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class LinkDay(models.Model):
    """Clicks of people on one day; previews by machines are not counted."""

    link = models.ForeignKey(ShareLink, on_delete=models.CASCADE, related_name="days")
    day = models.DateField()
    clicks = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["link", "day"], name="link_day_once")]

    def __str__(self) -> str:
        return f"{self.link_id} {self.day}: {self.clicks}"


class LinkOutcome(models.Model):
    """A basket that began, or an order that was placed, within the days after a click: the last link counts."""

    class Kind(models.TextChoices):
        BASKET = "basket", _("basket")
        ORDER = "order", _("order")

    link = models.ForeignKey(ShareLink, on_delete=models.CASCADE, related_name="outcomes")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    reference = models.CharField(max_length=40)
    amount = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "reference"], name="link_outcome_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"
