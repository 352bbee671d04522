from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "catalog.places"
    label = "catalog_places"
