"""What the storefront works out beside the visitors' requests."""

from kernel.jobs import periodic
from marketplace.storefront.services import related_refresh


@periodic(seconds=3600)
def refresh_related() -> None:
    """Goods that go with each product."""
    related_refresh()
