"""The basket on the request, read only when somebody asks for it; no cookie or session is touched otherwise."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from oscar.apps.basket.middleware import BasketMiddleware as OscarBasketMiddleware


class BasketMiddleware(OscarBasketMiddleware):
    """Oscar's, with everything lazy."""

    get_response: Callable[[HttpRequest], HttpResponse]
