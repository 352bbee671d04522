from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AppendOnly(models.Model):
    """Rows are added and never changed: a mistake is answered by another row."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise TypeError(f"{type(self).__name__} rows are append-only: record a correction")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError(f"{type(self).__name__} rows are append-only: record a correction")


class Event(AppendOnly):
    """One thing that happened: what, when, where, who. ``line`` is its place in the order of recording."""

    class Kind(models.TextChoices):
        HARVEST = "harvest", _("Harvested")
        SOURCE = "source", _("Taken in")
        PROCESS = "process", _("Processed")
        PACK = "pack", _("Packed")
        SAMPLE = "sample", _("Sampled")
        TEST = "test", _("Tested")
        STOCK = "stock", _("Put on sale")
        BOX = "box", _("Boxed")
        UNBOX = "unbox", _("Unpacked")
        SHIP = "ship", _("Shipped")
        RECEIVE = "receive", _("Received")
        SELL = "sell", _("Sold")
        RETURN = "return", _("Returned")
        HOLD = "hold", _("Put on hold")
        RELEASE = "release", _("Released")
        RECALL = "recall", _("Recalled")
        DESTROY = "destroy", _("Destroyed")
        SERVICE = "service", _("Service record")
        ERROR = "error", _("Declared in error")

    line = models.OneToOneField(
        "traceability_ledger.LogLine",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        db_column="seq",
    )
    event_id = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    event_type = models.CharField(max_length=24)
    action = models.CharField(max_length=8, blank=True)
    biz_step = models.CharField(max_length=40, blank=True)
    disposition = models.CharField(max_length=40, blank=True)
    event_time = models.DateTimeField()
    tz = models.CharField(max_length=6, default="+07:00")
    record_time = models.DateTimeField()
    step = models.CharField(max_length=60, blank=True)
    place = models.CharField(max_length=80, blank=True)
    place_name = models.CharField(max_length=200, blank=True)
    actor_kind = models.CharField(max_length=40, blank=True)
    actor_name = models.CharField(max_length=200, blank=True)
    recorded_by = models.CharField(max_length=120, blank=True)
    zone = models.ForeignKey(
        "traceability_zones.RawMaterialZone", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    zone_code = models.CharField(max_length=60, blank=True)
    zone_revision = models.ForeignKey(
        "traceability_zones.ZoneRevision", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    season = models.CharField(max_length=8, blank=True)
    unit = models.CharField(max_length=18, blank=True)  # SSCC of the carton or pallet concerned
    destination = models.CharField(max_length=120, blank=True)
    order_ref = models.CharField(max_length=80, blank=True)
    key = models.CharField(max_length=120, null=True, blank=True, unique=True)
    facts = models.JSONField(default=dict, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    error_of = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="voided_by")
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["line_id"]
        indexes = [
            models.Index(fields=["zone", "season"], name="event_zone_season"),
            models.Index(fields=["order_ref"], name="event_order", condition=~Q(order_ref="")),
            models.Index(fields=["unit"], name="event_unit", condition=~Q(unit="")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.event_time:%Y-%m-%d}"


class EventItem(AppendOnly):
    """A lot or a unit in an event, with its role and quantity in thousandths of its unit of measure."""

    class Role(models.TextChoices):
        INPUT = "I", _("goes in")
        OUTPUT = "O", _("comes out")
        CHILD = "C", _("is moved")
        SAMPLE = "S", _("is sampled")
        SEEN = "X", _("is looked at")

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="items")
    lot = models.ForeignKey(
        "traceability_lots.Lot", null=True, blank=True, on_delete=models.PROTECT, related_name="items"
    )
    unit = models.CharField(max_length=18, blank=True)
    role = models.CharField(max_length=1, choices=Role.choices)
    milli = models.BigIntegerField(null=True, blank=True)
    uom = models.CharField(max_length=3, blank=True)
    facts = models.JSONField(default=dict, blank=True)  # what an output was made with: dates, name, pack weight

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(milli__isnull=True) | Q(milli__gt=0), name="event_item_positive"),
            models.CheckConstraint(
                condition=Q(lot__isnull=False, unit="") | Q(lot__isnull=True) & ~Q(unit=""), name="event_item_one_thing"
            ),
        ]
        indexes = [models.Index(fields=["lot", "role"], name="event_item_lot_role")]

    def __str__(self) -> str:
        return f"{self.role} {self.lot_id or self.unit}"


# ------------------------------------------------------------------ derived from the events above


class Edge(models.Model):
    """Derived: ``parent`` went into ``child`` by this transformation. The graph every trace walks."""

    parent = models.ForeignKey("traceability_lots.Lot", on_delete=models.CASCADE, related_name="+")
    child = models.ForeignKey("traceability_lots.Lot", on_delete=models.CASCADE, related_name="+")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["child", "parent", "event"], name="edge_once")]
        indexes = [models.Index(fields=["parent", "child"], name="edge_forward")]

    def __str__(self) -> str:
        return f"{self.parent_id} → {self.child_id}"


class Containment(models.Model):
    """Derived: a lot or a unit lay in ``unit`` from ``since`` until ``until``."""

    unit = models.CharField(max_length=18, db_index=True)
    lot = models.ForeignKey("traceability_lots.Lot", null=True, on_delete=models.CASCADE, related_name="+")
    child_unit = models.CharField(max_length=18, blank=True, db_index=True)
    milli = models.BigIntegerField(null=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.lot_id or self.child_unit} in {self.unit}"


class Movement(models.Model):
    """Derived: what left, for where. Narrow, so that a recall reads it fast. ``onward`` moves goods already gone."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="movements")
    lot = models.ForeignKey("traceability_lots.Lot", on_delete=models.CASCADE, related_name="movements")
    milli = models.BigIntegerField()
    source = models.CharField(max_length=80, blank=True)
    destination = models.CharField(max_length=120, blank=True)
    order_ref = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()
    onward = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["lot", "at"], name="movement_lot")]

    def __str__(self) -> str:
        return f"{self.lot_id} → {self.destination}"


class Finding(models.Model):
    """A rule that was met but not refused: read by the office, shown where it matters."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="findings")
    lot = models.ForeignKey(
        "traceability_lots.Lot", null=True, blank=True, on_delete=models.CASCADE, related_name="findings"
    )
    rule = models.CharField(max_length=40, db_index=True)
    params = models.JSONField(default=dict, blank=True)
    found_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.rule
