from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RuleSet(models.Model):
    """A decision under which products are rated (QĐ 1048/2019, 148/2023, 1489/2025, 26/2026)."""

    code = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True, help_text="last day on which it may still be applied")
    months_valid = models.PositiveSmallIntegerField(default=36)
    days_extended = models.PositiveSmallIntegerField(default=180, help_text="longest extension past the date")
    levels = models.JSONField(default=dict, help_text='who grants which stars: {"province": [3, 4]}')

    class Meta:
        ordering = ["valid_from"]

    def __str__(self) -> str:
        return self.title


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def current(self, day: date) -> "CertificateQuerySet":
        """Certificates that give stars on `day`."""
        return self.filter(issued_on__lte=day).filter(
            Q(state=Certificate.State.VALID, expires_on__gte=day)
            | Q(state=Certificate.State.EXTENDED, extended_until__gte=day)
        )


class Certificate(models.Model):
    """One recognition of one product: a dated row, never overwritten by the next one.

    `expired` is not stored: it follows from the day. `reported` rows are known from the press only and never
    give stars. Source of the rules: QĐ 26/2026/QĐ-TTg, articles 4 (36 months), 8 (revocation), 12 (extension).
    """

    class State(models.TextChoices):
        VALID = "valid", _("valid")
        EXTENDED = "extended", _("extended")
        SUSPENDED = "suspended", _("suspended")
        REVOKED = "revoked", _("revoked")
        REPORTED = "reported", _("reported")

    class Level(models.TextChoices):
        DISTRICT = "district", _("district")
        PROVINCE = "province", _("province")
        NATIONAL = "national", _("national")

    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT, related_name="certificates")
    rule_set = models.ForeignKey(RuleSet, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=80, blank=True)
    decision_number = models.CharField(max_length=80, blank=True)
    decision_on = models.DateField(null=True, blank=True)
    issuing_level = models.CharField(max_length=10, choices=Level.choices, blank=True)
    issuing_body = models.CharField(max_length=160, blank=True, help_text="its name at the time")
    stars = models.PositiveSmallIntegerField(null=True, blank=True)
    score = models.CharField(max_length=20, blank=True)
    year_reported = models.PositiveSmallIntegerField(null=True, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    extended_until = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices)
    state_reason = models.CharField(max_length=300, blank=True)
    source_url = models.CharField(max_length=500, blank=True)
    note = models.TextField(blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="certificate_number_once"),
            models.CheckConstraint(
                condition=Q(stars__isnull=True) | Q(stars__range=(3, 5)), name="certificate_stars_3_to_5"
            ),
            models.CheckConstraint(
                condition=Q(state="reported") | Q(issued_on__isnull=False, expires_on__isnull=False),
                name="certificate_has_dates",
            ),
        ]
        indexes = [models.Index(fields=["product", "state", "expires_on"], name="certificate_current")]

    def __str__(self) -> str:
        return self.number or f"{self.get_state_display()} {self.stars or ''}"

    def state_on(self, day: date) -> str:
        """The state on `day`, "expired" included."""
        last = self.extended_until if self.state == self.State.EXTENDED else self.expires_on
        if self.state in (self.State.VALID, self.State.EXTENDED) and last is not None and last < day:
            return "expired"
        return self.state


class CertificateDocument(models.Model):
    """A scan that belongs to a certificate; kept in the private storage."""

    certificate = models.ForeignKey(Certificate, on_delete=models.CASCADE, related_name="documents")
    title = models.CharField(max_length=160)
    file = models.CharField(max_length=200)
    is_public = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.title
