from django.apps import AppConfig


class LinksConfig(AppConfig):
    name = "marketplace.links"
    label = "links"

    def ready(self) -> None:
        from marketplace.links import receivers  # noqa: F401
