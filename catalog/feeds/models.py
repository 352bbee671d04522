from django.db import models


class RegisterEntry(models.Model):
    """What the register last said about a product, word for word: the next import is compared with this."""

    key = models.CharField(max_length=64, unique=True)
    product = models.OneToOneField("catalogue.Product", on_delete=models.CASCADE, related_name="register_entry")
    facts = models.JSONField()
    imported_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "register entries"

    def __str__(self) -> str:
        return str(self.facts.get("product_name", self.key))
