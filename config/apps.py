from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Commands of the whole project: seed_demo, list_urls, build_locale, backup, bench."""

    name = "config"
    label = "config"

    def ready(self) -> None:
        from config.wiring import wire

        wire()
