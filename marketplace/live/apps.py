from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "marketplace.live"
    label = "live"

    def ready(self) -> None:
        from marketplace.live import receivers  # noqa: F401
