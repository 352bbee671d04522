from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class UnitQuerySet(models.QuerySet["AdminUnit"]):
    def on(self, day: date) -> "UnitQuerySet":
        """Units in force on `day`."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))

    def current(self) -> "UnitQuerySet":
        return self.filter(valid_to__isnull=True)


class AdminUnit(models.Model):
    """A province, district (until 30/6/2025) or commune with the code and the time it was in force.

    Codes are reused (23446 was Tê Xăng and is Măng Ri), so a row is known by code and first day.
    """

    class Level(models.TextChoices):
        PROVINCE = "province", _("province")
        DISTRICT = "district", _("district")
        COMMUNE = "commune", _("commune")

    code = models.CharField(max_length=10)
    name = models.CharField(max_length=120)
    local_spelling = models.CharField(max_length=120, blank=True)
    folded = models.TextField(help_text="name and aliases, folded, for type-ahead (catalog.places.domain.search_text)")
    level = models.CharField(max_length=10, choices=Level.choices)
    unit_type = models.CharField(max_length=20, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    successors = models.ManyToManyField("self", symmetrical=False, related_name="predecessors", blank=True)
    historic_district = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="the former district a commune of today lies in: people still say 'huyện Đăk Hà'",
    )
    slug = models.SlugField(max_length=140, blank=True)
    label_lat = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    label_lon = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="unit_code_once_per_start")]
        indexes = [models.Index(fields=["level", "valid_to"], name="unit_level_now")]
        ordering = ["code", "valid_from"]

    def __str__(self) -> str:
        return self.name

    @property
    def short_name(self) -> str:
        """The name people say: without "Xã", "Phường", "Huyện" in front, in the local spelling where known."""
        name = self.local_spelling or self.name
        for kind in ("Xã ", "Phường ", "Thị trấn ", "Huyện ", "Thành phố ", "Tỉnh ", "Đặc khu "):
            name = name.removeprefix(kind)
        return name


class UnitAlias(models.Model):
    """Another name or spelling under which people look for a unit."""

    unit = models.ForeignKey(AdminUnit, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="unit_alias_once")]

    def __str__(self) -> str:
        return self.name
