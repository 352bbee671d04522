from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PicturesConfig(AppConfig):
    """The one way a picture gets onto a page."""

    name = "kernel.pictures"
    label = "kernel_pictures"
    verbose_name = _("Pictures")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kernel.pictures import receivers  # noqa: F401
