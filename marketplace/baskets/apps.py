from oscar.apps.basket import apps


class BasketConfig(apps.BasketConfig):
    name = "marketplace.baskets"

    def ready(self) -> None:
        super().ready()
        from marketplace.baskets import receivers  # noqa: F401
