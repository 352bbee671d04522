from oscar.apps.payment import apps


class PaymentConfig(apps.PaymentConfig):
    name = "marketplace.payments"

    def ready(self) -> None:
        super().ready()
        # Registers the outbox handler for card refunds.
        from marketplace.payments import services  # noqa: F401
