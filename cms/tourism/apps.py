from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TourismConfig(AppConfig):
    name = "cms.tourism"
    label = "cms_tourism"
    verbose_name = _("Villages and routes")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.tourism import receivers  # noqa: F401
