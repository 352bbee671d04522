from django.apps import AppConfig


class PassportsConfig(AppConfig):
    name = "traceability.passports"
    label = "traceability_passports"
    default_auto_field = "django.db.models.BigAutoField"
