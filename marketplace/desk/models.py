from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.desk.domain import new_key


class ProducerMember(models.Model):
    """Somebody who works at a producer's desk. An agent acts for a household, with its recorded consent."""

    class Role(models.TextChoices):
        OWNER = "owner", _("owner")
        STAFF = "staff", _("staff member")
        AGENT = "agent", _("agent")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="producer_memberships")
    producer = models.ForeignKey("catalog_producers.Producer", on_delete=models.CASCADE, related_name="members")
    role = models.CharField(max_length=5, choices=Role.choices, default=Role.STAFF)
    consent_by = models.CharField(max_length=120, blank=True, help_text="who in the household agreed")
    consent_note = models.CharField(max_length=300, blank=True, help_text="how: signed paper, before witnesses…")
    consent_at = models.DateTimeField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "producer"], name="producer_member_once"),
            models.CheckConstraint(
                condition=~Q(role="agent") | (Q(consent_at__isnull=False) & ~Q(consent_by="")),
                name="producer_agent_has_consent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} @ {self.producer}"


class Invitation(models.Model):
    """A link that lets one person in: as producer, staff, agent, clerk or live host."""

    class Kind(models.TextChoices):
        OWNER = "owner", _("producer")
        STAFF = "staff", _("staff member")
        AGENT = "agent", _("agent")
        CLERK = "clerk", _("counter clerk")
        HOST = "host", _("live host")

    key = models.CharField(max_length=40, unique=True, default=new_key, editable=False)
    kind = models.CharField(max_length=5, choices=Kind.choices)
    name = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=16, blank=True, help_text="if given, only this number may use it")
    producer = models.ForeignKey(
        "catalog_producers.Producer", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    point = models.ForeignKey("points.SalesPoint", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    consent_by = models.CharField(max_length=120, blank=True)
    consent_note = models.CharField(max_length=300, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    used_at = models.DateTimeField(null=True, blank=True)
    is_revoked = models.BooleanField(default=False)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"

    @property
    def is_open(self) -> bool:
        return not self.is_revoked and self.used_at is None and self.expires_at > timezone.now()


class ListingRevision(models.Model):
    """What a producer wants a product to say. The live version stays until the office approves this one.

    `data` holds only what the form asks (domain.FIELDS) and what of it differs from `base`. Price and stock are
    not in it: they need no review, except that a new product brings its first ones along.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("waiting for the office")
        RETURNED = "returned", _("to be mended")
        APPROVED = "approved", _("approved")
        WITHDRAWN = "withdrawn", _("withdrawn")

    key = models.CharField(max_length=40, unique=True, default=new_key, editable=False)
    producer = models.ForeignKey("catalog_producers.Producer", on_delete=models.CASCADE, related_name="+")
    product = models.ForeignKey(
        "catalogue.Product", null=True, blank=True, on_delete=models.CASCADE, related_name="revisions"
    )
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT, db_index=True)
    data = models.JSONField(default=dict)
    base = models.JSONField(default=dict, blank=True, help_text="the live values when the change was made")
    pictures = models.JSONField(default=list, blank=True, help_text="ids of pictures, the first is the front")
    price = models.PositiveIntegerField(null=True, blank=True)
    quantity = models.PositiveIntegerField(null=True, blank=True)
    answers = models.JSONField(default=dict, blank=True, help_text="{field: what to mend}")
    note = models.CharField(max_length=500, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["product"], condition=Q(state="submitted"), name="listing_one_waiting_per_product"
            )
        ]

    def __str__(self) -> str:
        return f"{self.data.get('title', '')} ({self.state})"
