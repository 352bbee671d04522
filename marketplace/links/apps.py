from django.apps import AppConfig


class LinksConfig(AppConfig):
    name = "marketplace.links"
    label = "links"
