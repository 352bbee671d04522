from django.apps import AppConfig


class LotsConfig(AppConfig):
    name = "traceability.lots"
    label = "traceability_lots"
    default_auto_field = "django.db.models.BigAutoField"
