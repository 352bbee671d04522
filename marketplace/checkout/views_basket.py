"""The basket: works from cached pages and without script; every change answers 303 to the basket."""

from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from catalog.places.selectors import provinces
from kernel.access import public, wants_json
from kernel.errors import DomainError
from marketplace.baskets import selectors as baskets
from marketplace.baskets import services
from marketplace.baskets.domain import quantity_of
from marketplace.checkout.cookies import keep_basket
from marketplace.checkout.selectors import basket_page
from marketplace.links import services as links

HOME_PROVINCE, HOME_COMMUNE = "51", "23293"
UNDO = "basket.undo"


def see_other(url: str) -> HttpResponse:
    """303: the browser gets the page, whatever method brought it here."""
    response = HttpResponseRedirect(url)
    response.status_code = HTTPStatus.SEE_OTHER
    return response


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0


def _owner(request: HttpRequest) -> object | None:
    return request.user if request.user.is_authenticated else None


@public
@require_safe
@never_cache
def basket(request: HttpRequest) -> HttpResponse:
    province = request.GET.get("tinh", HOME_PROVINCE)[:10]
    at = HOME_COMMUNE if province == HOME_PROVINCE else ""
    page = basket_page(baskets.lines_of(baskets.basket_of(request)), commune_code=at, province_code=province)
    context = {
        "page": page,
        "provinces": provinces() if page.buyable else [],
        "province": province,
        "undo": _undo_of(request),
    }
    return render(request, "marketplace/checkout/basket.html", context)


@public
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """`product_id`, `quantity` (1 if left out), optional `ref`, `wrapping`, `card_text`."""
    quantity = quantity_of(request.POST.get("quantity", "1"))
    try:
        changed = services.add(
            basket=baskets.basket_of(request),
            owner=_owner(request),
            product_id=_number(request, "product_id"),
            quantity=quantity or 0,
            ref=request.POST.get("ref", "") or request.COOKIES.get(links.COOKIE, ""),
            wrapping=request.POST.get("wrapping", ""),
            card_text=request.POST.get("card_text", ""),
        )
    except DomainError as error:
        if wants_json(request):
            return JsonResponse({"code": error.code, "message": error.text}, status=error.status)
        messages.error(request, error.text)
        return see_other(reverse("basket:basket"))
    links.outcome_note(ref=request.COOKIES.get(links.COOKIE, ""), kind="basket", reference=changed.pk)
    if wants_json(request):
        return keep_basket(request, JsonResponse({"count": services.count(changed)}), changed)
    return keep_basket(request, see_other(reverse("basket:basket")), changed)


@public
@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """`line` and either `quantity`, or `do` = remove, aside, back."""
    held = baskets.basket_of(request)
    line, wanted = _number(request, "line"), request.POST.get("do", "")
    if held is not None and wanted == "remove":
        gone = services.remove(basket=held, line_id=line)
        if gone is not None:
            target = reverse("basket:basket") + "?hoan-tac=" + quote(_undo_token(gone))
            return keep_basket(request, see_other(target), held)
    elif held is not None and wanted in ("aside", "back"):
        services.put_aside(basket=held, line_id=line, aside=wanted == "aside")
    elif held is not None:
        quantity = quantity_of(request.POST.get("quantity", ""))
        if quantity is None:
            messages.error(request, _("A quantity is a whole number from 1 to 99."))
        else:
            services.change(basket=held, line_id=line, quantity=quantity)
    return keep_basket(request, see_other(reverse("basket:basket")), held)


def _undo_token(line: Any) -> str:
    """What was taken out, signed, so that the next page can offer to put it back without keeping anything."""
    return signing.dumps([line.product_id, line.quantity, line.wrapping, line.card_text], salt=UNDO, compress=True)


def _undo_of(request: HttpRequest) -> dict[str, Any] | None:
    try:
        product_id, quantity, wrapping, card_text = signing.loads(
            request.GET.get("hoan-tac", "")[:800], salt=UNDO, max_age=3600
        )
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return {"product_id": product_id, "quantity": quantity, "wrapping": wrapping, "card_text": card_text}
