"""What was sent to whom; Oscar's tables beside it stay unused."""

from django.db import models


class Letter(models.Model):
    """One message, e-mail or text, once per key. The office reads this list; addresses are shown in part."""

    class Kind(models.TextChoices):
        MAIL = "mail"
        SMS = "sms"

    class State(models.TextChoices):
        SENDING = "sending"
        SENT = "sent"

    key = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=4, choices=Kind.choices)
    template = models.CharField(max_length=60)
    to = models.CharField(max_length=120)
    reference = models.CharField(max_length=40, blank=True, db_index=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.SENDING)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.template} {self.reference}"


from oscar.apps.communication.models import *
