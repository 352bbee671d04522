"""What the lists show and what the engines index, laid out ready: one row per thing that can be found."""

from django.db import models

from search.domain import KINDS


class Card(models.Model):
    """A projection of catalogue, producers, certificates, prices and stock. Built again on change, never edited.

    The number is `search.domain.document_id`. The HTML is the theme's own card with a mark where the stars go:
    they are put in on the day they are shown. Texts are analysed, with a space at both ends, so that the
    database can stand in for an engine.
    """

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in KINDS])
    object_id = models.PositiveBigIntegerField()

    # Shown
    path = models.CharField(max_length=300)
    title_vi = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=120, blank=True)
    html_vi = models.TextField(blank=True)
    html_en = models.TextField(blank=True)
    spans = models.JSONField(default=list, help_text="[first day, last day, stars] of each certificate")

    # Found by
    title = models.TextField()
    text = models.TextField()
    glued = models.TextField()
    more = models.TextField()
    group = models.CharField(max_length=200, blank=True, db_index=True)
    set = models.CharField(max_length=200, blank=True, db_index=True)
    producer = models.CharField(max_length=200, blank=True, db_index=True)
    district = models.CharField(max_length=20, blank=True, db_index=True)
    commune = models.CharField(max_length=20, blank=True, db_index=True)
    stock = models.CharField(max_length=1, default="1")
    price = models.PositiveBigIntegerField(null=True)
    months = models.CharField(max_length=60, default=" all ")
    stars_on = models.TextField(blank=True)
    rank = models.BigIntegerField(default=0)
    by_new = models.BigIntegerField(default=0)
    by_price_up = models.BigIntegerField(default=0)
    by_price_down = models.BigIntegerField(default=0)
    built_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="search_card_once_per_thing")]

    def __str__(self) -> str:
        return self.title_vi


class FacetValue(models.Model):
    """The name of a filter's value in both languages."""

    facet = models.CharField(max_length=20)
    value = models.CharField(max_length=200)
    label_vi = models.CharField(max_length=300)
    label_en = models.CharField(max_length=300, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["facet", "value"], name="search_facet_value_once")]

    def __str__(self) -> str:
        return f"{self.facet}: {self.label_vi}"


class Change(models.Model):
    """Something whose card is out of date. Written in the transaction of the change, so that none is lost."""

    kind = models.CharField(max_length=10)
    object_id = models.PositiveBigIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
