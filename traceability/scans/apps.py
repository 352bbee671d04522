from django.apps import AppConfig


class ScansConfig(AppConfig):
    name = "traceability.scans"
    label = "traceability_scans"
    default_auto_field = "django.db.models.BigAutoField"
