"""The order's own page, opened by a secret link or by its signed-in buyer."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from catalog.products.reviews import selectors as reviews_read
from catalog.products.reviews import services as reviews
from kernel.access import public, signed_in
from kernel.actors import actor_of
from kernel.errors import DomainError
from marketplace.orders import selectors, services
from marketplace.orders.domain import SELLER_OPEN
from marketplace.orders.models import Order, SellerOrder
from marketplace.payments import selectors as payments

PER_PAGE = 20


def order_url(order: Order) -> str:
    return reverse("orders:order", kwargs={"number": order.number}) + f"?k={order.access_key}"


def _order_of(request: HttpRequest, number: str) -> Order:
    """By the key in the address (or in the form), else by the signed-in buyer. Raises: OrderNotFound."""
    key = request.POST.get("k") or request.GET.get("k", "")
    if not key and request.user.is_authenticated:
        return selectors.order_of_user(request.user, number)
    return selectors.order_by_link(number, key)


def _back(order: Order) -> HttpResponse:
    response = HttpResponseRedirect(order_url(order))
    response.status_code = 303
    return response


@public
@require_safe
@never_cache
def order(request: HttpRequest, number: str) -> HttpResponse:
    found = _order_of(request, number)
    parts = list(found.seller_orders.all())
    context: dict[str, Any] = {
        "order": found,
        "parts": parts,
        "can_cancel": can_cancel(found, parts),
        "can_change": can_change(found, parts),
        "slip": payments.transfer_slip(found.number) if found.status == "awaiting_payment" else None,
        "refunds": payments.refunds_of(found.number),
        "payment": payments.payment_find(found.number),
        "questions": list(found.questions.all()),
        "history": selectors.history(found),
        "reviewable": reviewable(parts),
    }
    return render(request, "marketplace/orders/order.html", context)


def review_ref(line: Any) -> str:
    return f"line:{line.pk}"


def reviewable(parts: list[SellerOrder]) -> set[int]:
    """Ids of delivered lines that have no review yet."""
    lines = [line for part in parts for line in part.lines.all() if line.status == "delivered" and line.product_id]
    known = reviews_read.refs_reviewed(review_ref(line) for line in lines) if lines else set()
    return {line.pk for line in lines if review_ref(line) not in known}


@public
@require_POST
@never_cache
def review(request: HttpRequest, number: str) -> HttpResponse:
    """A review of a delivered line: `line`, `score` 1-5, `text`."""
    found = _order_of(request, number)
    open_lines = reviewable(list(found.seller_orders.all()))
    line = next((one for one in found.lines.select_related("product") if str(one.pk) == request.POST.get("line")), None)
    score = request.POST.get("score", "")
    try:
        if line is None or line.pk not in open_lines:
            raise selectors.OrderNotFound
        reviews.review_submit(
            actor=actor_of(request),
            product_id=line.product.parent_id or line.product_id,
            verified_ref=review_ref(line),
            score=int(score) if score in ("1", "2", "3", "4", "5") else 0,
            text=request.POST.get("text", ""),
            name=selectors.name_masked(found.buyer_name),
        )
    except DomainError as error:
        messages.error(request, error.text)
    else:
        messages.success(request, _("Thank you. The office reads it before it is shown."))
    return _back(found)


def can_cancel(order: Order, parts: list[SellerOrder]) -> bool:
    if order.status == "awaiting_payment":
        return True
    return order.status == "placed" and any(part.state in SELLER_OPEN for part in parts)


def can_change(order: Order, parts: list[SellerOrder]) -> bool:
    open_parts = [part for part in parts if part.state not in ("cancelled", "declined", "refused")]
    return (
        order.status in ("awaiting_payment", "placed")
        and not order.is_pickup
        and bool(open_parts)
        and all(part.state in SELLER_OPEN for part in open_parts)
    )


@public
@require_POST
@never_cache
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    found = _order_of(request, number)
    try:
        services.cancel(order=found, actor=actor_of(request), reason=request.POST.get("reason", "")[:200])
    except DomainError as error:
        messages.error(request, error.text)
    else:
        messages.success(request, _("The order is cancelled, free of charge."))
    return _back(found)


@public
@require_POST
@never_cache
def line_cancel(request: HttpRequest, number: str) -> HttpResponse:
    found = _order_of(request, number)
    pk = request.POST.get("line", "")
    line = found.lines.filter(pk=int(pk)).first() if pk.isascii() and pk.isdigit() and len(pk) < 12 else None
    try:
        if line is None:
            raise selectors.OrderNotFound
        services.line_cancel(line=line, actor=actor_of(request))
    except DomainError as error:
        messages.error(request, error.text)
    else:
        messages.success(request, _("Taken off the order."))
    return _back(found)


@public
@require_POST
@never_cache
def ask(request: HttpRequest, number: str) -> HttpResponse:
    found = _order_of(request, number)
    text = request.POST.get("text", "").strip()
    if text and found.questions.count() < 20:
        services.question_ask(order=found, text=text, actor=actor_of(request))
        messages.success(request, _("Your question is with the office. The answer will stand here."))
    return _back(found)


@signed_in
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The signed-in buyer's orders."""
    page = Paginator(selectors.orders_of_user(request.user), PER_PAGE).get_page(request.GET.get("trang"))
    return render(request, "marketplace/orders/mine.html", {"page": page})
