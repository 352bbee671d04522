from django.apps import AppConfig


class SettlementConfig(AppConfig):
    name = "marketplace.settlement"
    label = "settlement"

    def ready(self) -> None:
        from marketplace.settlement import receivers  # noqa: F401
