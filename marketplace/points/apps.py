from django.apps import AppConfig


class PointsConfig(AppConfig):
    name = "marketplace.points"
    label = "points"

    def ready(self) -> None:
        from marketplace.points import receivers  # noqa: F401
