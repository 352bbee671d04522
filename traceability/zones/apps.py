from django.apps import AppConfig


class ZonesConfig(AppConfig):
    name = "traceability.zones"
    label = "traceability_zones"
    default_auto_field = "django.db.models.BigAutoField"
