from django.apps import AppConfig


class RecallsConfig(AppConfig):
    name = "traceability.recalls"
    label = "traceability_recalls"
    default_auto_field = "django.db.models.BigAutoField"
