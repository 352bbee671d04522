from django.db import models


class Recall(models.Model):
    """A decision to call goods back, with the lot that caused it and every pack lot it reached."""

    cause = models.ForeignKey("traceability_lots.Lot", on_delete=models.PROTECT, related_name="recalls_caused")
    reason = models.CharField(max_length=500)
    reason_en = models.CharField(max_length=500, blank=True)
    opened_by = models.CharField(max_length=120)
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.cause_id}: {self.reason[:40]}"


class RecalledLot(models.Model):
    """One pack lot a recall reached, with what was still here when it opened."""

    recall = models.ForeignKey(Recall, on_delete=models.PROTECT, related_name="lots")
    lot = models.ForeignKey("traceability_lots.Lot", on_delete=models.PROTECT, related_name="recalls")
    left_milli = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recall", "lot"], name="recalled_lot_once")]

    def __str__(self) -> str:
        return f"{self.recall_id}/{self.lot_id}"
