from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SalesPoint(models.Model):
    """A showroom, shop or fair where goods of the market are sold and orders can be fetched."""

    class Kind(models.TextChoices):
        SHOWROOM = "showroom", _("showroom")
        SHOP = "shop", _("shop")
        FAIR = "fair", _("fair")

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.SHOWROOM)
    address = models.CharField(max_length=200)
    commune = models.ForeignKey(
        "catalog_places.AdminUnit", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    phone = models.CharField(max_length=16, blank=True)
    hours = models.CharField(max_length=160)
    hours_en = models.CharField(max_length=160, blank=True)
    about = models.TextField(blank=True)
    about_en = models.TextField(blank=True)
    way = models.CharField(max_length=300, blank=True, help_text="how to get there")
    way_en = models.CharField(max_length=300, blank=True)
    location = models.OneToOneField(
        "inventory.Location", on_delete=models.PROTECT, related_name="+", help_text="where its goods are counted"
    )
    pickup = models.BooleanField(_("orders can be fetched here"), default=True)
    pickup_days = models.PositiveSmallIntegerField(default=5, help_text="how long a parcel waits")
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PointMember(models.Model):
    """A clerk: sells at the counter of this point."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="point_memberships")
    point = models.ForeignKey(SalesPoint, on_delete=models.CASCADE, related_name="members")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "point"], name="point_member_once")]

    def __str__(self) -> str:
        return f"{self.user} @ {self.point}"
