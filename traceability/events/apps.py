from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "traceability.events"
    label = "traceability_events"
    default_auto_field = "django.db.models.BigAutoField"
