"""Wagtail's image, tied to a picture of our pipeline: pages show that one, the editor's screens Wagtail's copy."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, ImageQuerySet


class CmsImageManager(models.Manager.from_queryset(ImageQuerySet)):  # type: ignore[misc]
    """Blocks fetch images in bulk; the sizes come along in the same query."""

    def get_queryset(self) -> ImageQuerySet:
        return super().get_queryset().select_related("picture")


class CmsImage(AbstractImage):
    """A picture for pages. `file` is re-encoded from what came in; the original lies in the private storage."""

    description = models.CharField(
        _("what it shows"),
        max_length=255,
        help_text=_("Read aloud to people who do not see the picture."),
    )
    picture = models.ForeignKey(
        "kernel_pictures.Picture", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    objects = CmsImageManager()
    admin_form_fields: ClassVar[tuple[str, ...]] = ("title", "file", "description", "collection", "tags")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")


class CmsRendition(AbstractRendition):
    """Sizes for the editor's screens only."""

    image = models.ForeignKey(CmsImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="cms_rendition_once")
        ]
