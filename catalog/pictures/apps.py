from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProductPicturesConfig(AppConfig):
    """Which pictures show which product."""

    name = "catalog.pictures"
    label = "catalog_pictures"
    verbose_name = _("Product pictures")
    default_auto_field = "django.db.models.BigAutoField"
