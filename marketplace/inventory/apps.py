from django.apps import AppConfig


class InventoryConfig(AppConfig):
    name = "marketplace.inventory"
    label = "inventory"

    def ready(self) -> None:
        from marketplace.inventory import receivers  # noqa: F401
