from django.apps import AppConfig


class FeedsConfig(AppConfig):
    name = "catalog.feeds"
    label = "catalog_feeds"
