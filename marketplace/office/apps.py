from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "marketplace.office"
    label = "office"

    def ready(self) -> None:
        from marketplace.office import receivers  # noqa: F401
