from django.apps import AppConfig


class ResolverConfig(AppConfig):
    name = "traceability.resolver"
    label = "traceability_resolver"
    default_auto_field = "django.db.models.BigAutoField"
