"""What viewers see: no login, one small JSON for everybody, "Buy" holds the pieces for ten minutes."""

import hashlib
import secrets
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.core.signing import Signer
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from kernel.access import public
from kernel.errors import DomainError
from marketplace.baskets import selectors as baskets
from marketplace.baskets import services as basket_services
from marketplace.baskets.domain import COUNT_COOKIE
from marketplace.live import selectors, services
from marketplace.live.models import LiveSession

VISITOR = "ocop_viewer"
FRESH_SECONDS = 1
MOST = 20


@public
@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """Who is on air now, and who will be."""
    return render(request, "marketplace/live/sessions.html", {"sessions": selectors.sessions_public()})


@public
@require_safe
def watch(request: HttpRequest, code: str) -> HttpResponse:
    session = selectors.session_public(code)
    context = {"session": session, "live": _state(session), "hold_minutes": settings.HOLD_SECONDS_LIVE // 60}
    return render(request, "marketplace/live/watch.html", context)


def _state(session: LiveSession) -> dict[str, Any]:
    """At most one look at the tables a second, however many watch."""
    key = f"live-state:{session.code}:{session.version}"
    found = cache.get(key)
    if found is None:
        found = selectors.state_of(session)
        cache.set(key, found, FRESH_SECONDS)
    return found


@public
@require_safe
def state(request: HttpRequest, code: str) -> HttpResponse:
    """Polled every two seconds; unchanged answers are empty (304)."""
    body = cache.get(f"live-json:{code}")
    if body is None:
        body = selectors.state_of(selectors.session_public(code))
        cache.set(f"live-json:{code}", body, FRESH_SECONDS)
    mark = '"' + hashlib.blake2b(repr(body).encode(), digest_size=8).hexdigest() + '"'
    if request.headers.get("If-None-Match") == mark:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = JsonResponse(body)
    response["ETag"] = mark
    response["Cache-Control"] = "no-cache"
    return response


@public
@require_POST
def take(request: HttpRequest, code: str) -> HttpResponse:
    """ "Buy": held at the live price, then the same checkout as everywhere."""
    session = selectors.session_public(code)
    visitor = request.COOKIES.get(VISITOR, "")[:40] or secrets.token_urlsafe(18)
    who = f"user:{request.user.pk}" if request.user.is_authenticated else f"guest:{visitor}"
    item, quantity = request.POST.get("item", ""), request.POST.get("quantity", "1")
    quantity = int(quantity) if quantity.isdecimal() and 0 < int(quantity) <= MOST else 1
    try:
        made = services.item_take(
            session=session, item_id=int(item) if item.isdecimal() else 0, quantity=quantity, visitor=who
        )
        owner = request.user if request.user.is_authenticated else None
        basket = basket_services.add_held(
            basket=baskets.basket_of(request), owner=owner, product_id=made.item.product_id, quantity=made.quantity,
            price=made.price, hold_key=made.key, until=made.expires_at, ref=selectors.ref_of(session),
        )  # fmt: skip
    except DomainError as error:
        messages.error(request, error.text)
        return HttpResponseRedirect(reverse("live:watch", args=[code]))
    response = HttpResponseRedirect(reverse("checkout:checkout"), status=HTTPStatus.SEE_OTHER)
    age, secure = settings.OSCAR_BASKET_COOKIE_LIFETIME, settings.SESSION_COOKIE_SECURE
    if basket.owner_id is None:
        signed = Signer().sign(basket.pk)
        response.set_cookie(
            settings.OSCAR_BASKET_COOKIE_OPEN, signed, max_age=age, secure=secure, httponly=True, samesite="Lax"
        )
    response.set_cookie(COUNT_COOKIE, str(basket_services.count(basket)), max_age=age, secure=secure, samesite="Lax")
    response.set_cookie(VISITOR, visitor, max_age=30 * 24 * 3600, secure=secure, httponly=True, samesite="Lax")
    return response
