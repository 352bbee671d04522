"""The two cookies of a guest's basket: whose it is (signed), and how many pieces (readable by the badge)."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.signing import Signer
from django.http import HttpRequest, HttpResponse

from marketplace.baskets import services
from marketplace.baskets.domain import COUNT_COOKIE

if TYPE_CHECKING:
    from marketplace.baskets.models import Basket


def keep_basket(request: HttpRequest, response: HttpResponse, basket: "Basket | None") -> HttpResponse:
    """Set both cookies after the basket has changed."""
    age, secure = settings.OSCAR_BASKET_COOKIE_LIFETIME, settings.SESSION_COOKIE_SECURE
    if basket is not None and basket.owner_id is None:
        response.set_cookie(
            settings.OSCAR_BASKET_COOKIE_OPEN,
            Signer().sign(basket.pk),
            max_age=age,
            secure=secure,
            httponly=True,
            samesite="Lax",
        )
    response.set_cookie(COUNT_COOKIE, str(services.count(basket)), max_age=age, secure=secure, samesite="Lax")
    return response
