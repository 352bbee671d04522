"""What the storefront works out beside the visitors' requests."""

from kernel.jobs import periodic, retrying_task
from marketplace.storefront.services import chains_refresh, related_refresh
from marketplace.storefront.wishes import wishes_forget, wishes_tell


@periodic(seconds=3600)
def refresh_related() -> None:
    """Goods that go with each product."""
    related_refresh()


@periodic(seconds=1800)
def refresh_chains() -> None:
    """The way of the lot that is sent next; it changes when a lot is sold out or goes out of date."""
    chains_refresh()


@retrying_task
def refresh_chain(gtin: str) -> None:
    """The same for one product, after something happened to one of its lots."""
    chains_refresh([gtin])


@retrying_task
def tell_waiting(product_ids: list[int]) -> None:
    """Those who asked are told that a size is back."""
    wishes_tell(product_ids=product_ids)


@periodic(seconds=86_400)
def forget_wishes() -> None:
    """Numbers that are of no use any more."""
    wishes_forget()
