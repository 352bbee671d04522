from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kernel.clock import HERE


class RawMaterialZone(models.Model):
    """A registered raw-material zone: where a crop grows, who holds it, and how much a season can give."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        LAPSED = "lapsed", _("Lapsed")
        SUSPENDED = "suspended", _("Suspended")

    key = models.SlugField(max_length=40, unique=True)
    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.ACTIVE)
    commune_code = models.CharField(max_length=10, blank=True, db_index=True)
    commune_name = models.CharField(max_length=120, blank=True)
    crop = models.CharField(max_length=40)
    crop_vi = models.CharField(max_length=120, blank=True)
    crop_en = models.CharField(max_length=120, blank=True)
    origin_kind = models.CharField(max_length=20, default="cultivated")
    owner_kind = models.CharField(max_length=30, blank=True)
    owner_kind_vi = models.CharField(max_length=60, blank=True)
    owner_name = models.CharField(max_length=200, blank=True)
    households = models.PositiveIntegerField(default=0)
    show_owner = models.BooleanField(default=False, help_text=_("The holder agreed to be named on passports."))
    show_outline = models.BooleanField(default=False, help_text=_("The holder agreed to show the outline."))
    area_ha = models.DecimalField(max_digits=10, decimal_places=4)
    harvest_area_ha = models.DecimalField(max_digits=10, decimal_places=4, null=True, blank=True)
    units = models.PositiveIntegerField(null=True, blank=True)
    unit_kind = models.CharField(max_length=20, blank=True)
    season_months = models.CharField(max_length=40, default="1;2;3;4;5;6;7;8;9;10;11;12")
    seasons_per_year = models.PositiveSmallIntegerField(default=1)
    capacity_kg = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    capacity_typical_kg = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    certification = models.CharField(max_length=60, blank=True)
    gi = models.CharField(max_length=80, blank=True)
    alt_min_m = models.IntegerField(null=True, blank=True)
    alt_max_m = models.IntegerField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(condition=Q(area_ha__gt=0), name="zone_area_positive"),
            models.CheckConstraint(
                condition=Q(capacity_kg__isnull=True) | Q(capacity_kg__gt=0), name="zone_capacity_positive"
            ),
        ]

    def __str__(self) -> str:
        return self.name_vi

    @property
    def months(self) -> list[int]:
        return [int(m) for m in self.season_months.split(";") if m]

    def code_on(self, moment) -> str:
        """The code in force on a day (the newest, where none is)."""
        day = moment.astimezone(HERE).date()
        codes = list(self.codes.all())
        return next((c.code for c in codes if c.covers(day)), codes[0].code if codes else "")


class ZoneCode(models.Model):
    """A planting-area code as issued: with its scheme, market and days. Area or place is never read out of it."""

    zone = models.ForeignKey(RawMaterialZone, on_delete=models.PROTECT, related_name="codes")
    code = models.CharField(max_length=60, unique=True)
    scheme = models.CharField(max_length=40, blank=True)
    market = models.CharField(max_length=40, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["zone", "-valid_from"]

    def __str__(self) -> str:
        return self.code

    def covers(self, day) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Plot(models.Model):
    """One household's field inside a zone. Its place is that household's own business unless it agreed."""

    zone = models.ForeignKey(RawMaterialZone, on_delete=models.CASCADE, related_name="plots")
    key = models.CharField(max_length=40)
    holder_name = models.CharField(max_length=120, blank=True)
    show_name = models.BooleanField(default=False)
    show_place = models.BooleanField(default=False)
    area_ha = models.DecimalField(max_digits=10, decimal_places=4)
    outline = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["zone", "key"]
        constraints = [models.UniqueConstraint(fields=["zone", "key"], name="plot_once_per_zone")]

    def __str__(self) -> str:
        return f"{self.zone_id}/{self.key}"


class ZoneRevision(models.Model):
    """An outline as it stood from a day on. Rows are only added; an event points to the one in force then."""

    zone = models.ForeignKey(RawMaterialZone, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    geometry = models.JSONField()
    area_ha = models.DecimalField(max_digits=10, decimal_places=4)
    valid_from = models.DateField()
    source = models.CharField(max_length=200, blank=True)
    recorded_by = models.CharField(max_length=120, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["zone", "-number"]
        constraints = [models.UniqueConstraint(fields=["zone", "number"], name="zone_revision_once")]

    def __str__(self) -> str:
        return f"{self.zone_id} r{self.number}"

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise TypeError("an outline is never edited: add a revision")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("an outline is never deleted: add a revision")
