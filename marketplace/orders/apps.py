from oscar.apps.order import apps


class OrderConfig(apps.OrderConfig):
    name = "marketplace.orders"

    def ready(self) -> None:
        super().ready()
        from marketplace.orders import receivers  # noqa: F401
