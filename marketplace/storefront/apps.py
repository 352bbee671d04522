from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StorefrontConfig(AppConfig):
    """The pages that join everything: product, gift set, producer, look-up, and what machines index."""

    name = "marketplace.storefront"
    label = "storefront"
    verbose_name = _("Storefront")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from marketplace.storefront import receivers  # noqa: F401
        from marketplace.storefront.passport import facts_of
        from traceability.passports import providers

        providers.register(facts_of)
