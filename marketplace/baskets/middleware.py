"""Basket and price strategy on the request, made only when somebody asks; no cookie or session is touched."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from oscar.core.loading import get_class

from marketplace.baskets import selectors
from marketplace.baskets.models import Basket

Selector = get_class("partner.strategy", "Selector")


class BasketMiddleware:
    """Replaces Oscar's, which reads the basket and merges baskets inside GET requests."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.basket = SimpleLazyObject(lambda: selectors.basket_of(request) or Basket())  # type: ignore[attr-defined]
        request.strategy = SimpleLazyObject(lambda: Selector().strategy(request=request))  # type: ignore[attr-defined]
        return self.get_response(request)
