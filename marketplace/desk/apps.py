from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "marketplace.desk"
    label = "desk"

    def ready(self) -> None:
        from marketplace.desk import receivers  # noqa: F401
