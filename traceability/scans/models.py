from django.db import models
from django.utils.translation import gettext_lazy as _


class ProblemReport(models.Model):
    """What somebody holding a pack wrote to us. No account is asked for; a contact is welcome."""

    class Kind(models.TextChoices):
        WEAVE = "weave", _("The weave differs")
        DAMAGED = "damaged", _("The pack is torn or open")
        SMELL = "smell", _("Odd smell, taste or look")
        ILL = "ill", _("Someone felt unwell")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        NEW = "new", _("New")
        SEEN = "seen", _("Being looked into")
        DONE = "done", _("Answered")

    gtin = models.CharField(max_length=14, blank=True)
    lot_code = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    message = models.CharField(max_length=1000)
    contact = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=6, choices=State.choices, default=State.NEW, db_index=True)
    answer = models.CharField(max_length=1000, blank=True)
    answered_by = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    source_hash = models.CharField(max_length=32, blank=True)  # salted by the day, tells a flood from a crowd

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["gtin", "lot_code"], name="report_lot")]

    def __str__(self) -> str:
        return f"{self.kind} {self.gtin} {self.lot_code}"
