from django.db import models


class Combo(models.Model):
    """A gift combo: a product of its own that is sold as its components. Its words; its price is a stock record."""

    product = models.OneToOneField("catalogue.Product", on_delete=models.CASCADE, related_name="combo")
    occasion = models.CharField(max_length=80, blank=True)
    occasion_en = models.CharField(max_length=80, blank=True)
    story = models.TextField(blank=True)
    story_en = models.TextField(blank=True)
    card_text = models.CharField(max_length=160, blank=True)
    card_text_en = models.CharField(max_length=160, blank=True)

    def __str__(self) -> str:
        return str(self.product)


class ComboComponent(models.Model):
    combo = models.ForeignKey(Combo, on_delete=models.CASCADE, related_name="components")
    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT, related_name="in_combos")
    quantity = models.PositiveSmallIntegerField(default=1)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["combo", "product"], name="combo_component_once"),
            models.CheckConstraint(condition=models.Q(quantity__gte=1), name="combo_component_at_least_one"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.product}"


class Wrapping(models.Model):
    """A way to wrap a combo, with its fee in whole đồng (0 = included)."""

    combo = models.ForeignKey(Combo, on_delete=models.CASCADE, related_name="wrappings")
    code = models.CharField(max_length=30)
    fee = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.code
