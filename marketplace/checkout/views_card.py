"""Paying by card: a page with one button that leads to the card service, and back."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kernel.access import public
from kernel.errors import DomainError
from marketplace.checkout.views_basket import see_other
from marketplace.orders import selectors as orders
from marketplace.payments import services as payments


def card_page(order: Any) -> str:
    """Where the card service takes the money of this order; empty if it does not answer or nothing is to be paid."""
    if order.payment_method != "card" or order.status != "awaiting_payment":
        return ""
    query = f"?k={order.access_key}"
    try:
        return payments.session_open(
            reference=order.number,
            title=_("Order %(number)s") % {"number": order.shown_number},
            success_url=settings.SITE_URL + reverse("checkout:thanks", kwargs={"number": order.number}) + query,
            cancel_url=settings.SITE_URL + reverse("checkout:card", kwargs={"number": order.number}) + query,
            language=order.language,
        )
    except DomainError:
        return ""


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: HttpRequest, number: str) -> HttpResponse:
    order = orders.order_by_link(number, request.POST.get("k") or request.GET.get("k", ""))
    if order.status != "awaiting_payment":
        return see_other(reverse("checkout:thanks", kwargs={"number": order.number}) + f"?k={order.access_key}")
    failed = False
    if request.method == "POST":
        address = card_page(order)
        if address:
            return see_other(address)
        failed = True
    return render(
        request, "marketplace/checkout/card.html", {"order": order, "failed": failed}, status=503 if failed else 200
    )
