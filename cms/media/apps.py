from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    """Pictures as editors see them; their sizes come from kernel.pictures."""

    name = "cms.media"
    label = "cms_media"
    verbose_name = _("Pictures of pages")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.media import receivers  # noqa: F401
