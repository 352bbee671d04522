from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from marketplace.baskets import selectors, services


@receiver(user_logged_in, dispatch_uid="baskets.merge")
def _take_over(sender: Any, request: HttpRequest | None, user: Any, **_: Any) -> None:
    """Sign-in is a POST, so the guest's basket may be poured into the user's here."""
    guest = selectors.basket_id_from_cookie(request) if request is not None and hasattr(request, "COOKIES") else None
    if guest:
        services.merge(guest_basket_id=guest, owner=user)
