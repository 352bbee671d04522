from kernel.jobs import periodic
from marketplace.inventory import services


@periodic(seconds=30)
def expire_holds() -> int:
    """Holds past their time give their pieces back (reads and reservations see them as free before that)."""
    return services.expire_due()
