from django.db import models


class ProductPicture(models.Model):
    """A picture in the gallery of a product; the one in front (lowest position) stands on cards.

    Packs of one product share the gallery of their parent. One picture may show several products.
    """

    product = models.ForeignKey("catalogue.Product", on_delete=models.CASCADE, related_name="gallery")
    picture = models.ForeignKey("kernel_pictures.Picture", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["product", "picture"], name="product_picture_once"),
        ]
        indexes = [models.Index(fields=["product", "position"], name="product_picture_order")]

    def __str__(self) -> str:
        return f"{self.product_id}/{self.position}"
