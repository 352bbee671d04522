from django.apps import AppConfig


class PointsConfig(AppConfig):
    name = "marketplace.points"
    label = "points"
