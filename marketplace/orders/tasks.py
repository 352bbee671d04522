from kernel.jobs import periodic
from marketplace.orders import services


@periodic(seconds=60)
def expire_unpaid_orders() -> int:
    """Orders that were not paid in time are cancelled and their goods are free again."""
    return services.expire_unpaid()
