from django.db import models


class LogLine(models.Model):
    """One line of the hash chain: the hash of an event and the hash that ties it to the line before."""

    seq = models.BigIntegerField(primary_key=True)
    event_id = models.CharField(max_length=80, unique=True)
    event_hash = models.CharField(max_length=64)
    line_hash = models.CharField(max_length=64)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq} {self.event_id}"


class LogHead(models.Model):
    """The one row that knows how long the chain is, signed so that a cut tail shows."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    size = models.BigIntegerField(default=0)
    head = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)
    key_id = models.CharField(max_length=16)
    # The last run over the whole chain, kept here too so that a page reads one row.
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_size = models.BigIntegerField(default=0)
    checked_ok = models.BooleanField(default=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="trace_one_head")]

    def __str__(self) -> str:
        return f"{self.size} {self.head[:12]}"


class Check(models.Model):
    """A run over the whole chain: when, how far, and the first break if there was one."""

    at = models.DateTimeField(db_index=True)
    size = models.BigIntegerField()
    head = models.CharField(max_length=64)
    broken_kind = models.CharField(max_length=20, blank=True)
    broken_seq = models.BigIntegerField(null=True, blank=True)
    broken_event_id = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.size} {self.broken_kind or 'ok'}"

    @property
    def ok(self) -> bool:
        return not self.broken_kind
