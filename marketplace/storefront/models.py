from django.db import models


class Aside(models.Model):
    """What stands beside a product on its page and changes rarely: stories told elsewhere, goods that go with it.

    Kept in one row so that the page needs one join for it. `stories`: [{page, title, title_en, url, url_en, text,
    text_en, picture}]; `related`: ids of products; `chains`: {gtin: {lot, vi: [{title, when, text}], en: […]}}, the
    way of the lot that is sent next.
    """

    product = models.OneToOneField("catalogue.Product", on_delete=models.CASCADE, related_name="aside")
    stories = models.JSONField(default=list, blank=True)
    related = models.JSONField(default=list, blank=True)
    chains = models.JSONField(default=dict, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.product_id}: {len(self.stories)} stories, {len(self.related)} related"


class FormerSlug(models.Model):
    """An address that a product, gift set or producer had before; it leads on to the present one."""

    class Kind(models.TextChoices):
        PRODUCT = "product"
        PRODUCER = "producer"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    slug = models.CharField(max_length=255)
    target_id = models.PositiveBigIntegerField()
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="former_slug_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"


class BackWish(models.Model):
    """Somebody asked to be told when a size is back. The number is used once and forgotten a month later."""

    product = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE, related_name="+")
    phone = models.CharField(max_length=16)
    language = models.CharField(max_length=2, default="vi")
    asked_at = models.DateTimeField(db_index=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["product", "phone"], condition=models.Q(told_at__isnull=True), name="back_wish_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.product_id}"
