"""Whose basket is it, and what lies in it. Reading writes nothing."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest

from marketplace.baskets.models import Basket, Line


def basket_id_from_cookie(request: HttpRequest) -> int | None:
    """The guest basket's id, if the cookie is whole."""
    cookie = request.COOKIES.get(settings.OSCAR_BASKET_COOKIE_OPEN)
    try:
        return int(Signer().unsign(cookie)) if cookie else None
    except (BadSignature, ValueError):
        return None


def basket_of(request: HttpRequest) -> Basket | None:
    """The open basket of a signed-in user, else of the guest's cookie. None if there is none yet."""
    open_ones = Basket.objects.filter(status=Basket.OPEN)
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return open_ones.filter(owner=user).order_by("-pk").first()
    pk = basket_id_from_cookie(request)
    return open_ones.filter(pk=pk, owner__isnull=True).first() if pk else None


def lines_of(basket: Basket | None) -> list[Line]:
    """The lines in the order they were added, those put aside included."""
    if basket is None:
        return []
    return list(Line.objects.filter(basket=basket).order_by("pk"))
