from django.apps import AppConfig


class LabelsConfig(AppConfig):
    name = "traceability.labels"
    label = "traceability_labels"
    default_auto_field = "django.db.models.BigAutoField"
