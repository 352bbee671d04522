from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "traceability.ledger"
    label = "traceability_ledger"
    default_auto_field = "django.db.models.BigAutoField"
