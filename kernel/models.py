"""Two small tables of the floor itself: the timer's memory and the version of what the public sees."""

from django.db import models


class TimerTick(models.Model):
    """When a periodic job last began; the guarded update on it keeps two workers from running it together."""

    name = models.CharField(max_length=160, unique=True)
    next_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.next_at:%Y-%m-%d %H:%M:%S}"


class PublicVersion(models.Model):
    """One row, id 1. Its number is part of the page cache's key; `kernel.pagecache.bump` raises it."""

    number = models.PositiveBigIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.number)
