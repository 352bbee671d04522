"""Seeing and moving orders. Every step is a service; the pages only call them and show the refusals."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from kernel.actors import actor_of
from kernel.errors import DomainError, NotFound
from kernel.text import nfc
from marketplace.orders import selectors, services
from marketplace.orders.domain import OrderState, number_read
from marketplace.payments import selectors as payments

PER_PAGE = 25


@require_safe
def order_list(request: HttpRequest) -> HttpResponse:
    found = selectors.orders_for_office()
    state, text = request.GET.get("state", ""), nfc(request.GET.get("q", "")).strip()[:60]
    if state in list(OrderState):
        found = found.filter(status=state)
    if text:
        number = number_read(text)
        digits = "".join(sign for sign in text if sign.isdigit()).lstrip("0")
        by_phone = Q(buyer_phone__endswith=digits) if len(digits) >= 4 else Q(pk__in=[])
        found = found.filter(Q(number=number) if number else Q(buyer_name__icontains=text) | by_phone)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "states": list(OrderState), "state": state, "q": text}
    return render(request, "marketplace/dashboard/order_list.html", context)


@require_safe
def order_detail(request: HttpRequest, number: str) -> HttpResponse:
    order = selectors.order_for_office(number)
    context: dict[str, Any] = {
        "order": order,
        "parts": [(part, STEPS_BY_STATE.get(part.state, ())) for part in order.seller_orders.all()],
        "payment": payments.payment_find(order.number),
        "receipts": payments.receipts_of(order.number),
        "refunds": payments.refunds_of(order.number),
        "history": selectors.history(order),
        "questions": list(order.questions.all()),
    }
    return render(request, "marketplace/dashboard/order_detail.html", context)


# What can be done to a seller's part, by its state; the label of each step.
STEPS_BY_STATE = {
    "placed": (
        ("accept", gettext_lazy("Accept")),
        ("pack", gettext_lazy("Pack")),
        ("decline", gettext_lazy("Decline")),
    ),
    "accepted": (("pack", gettext_lazy("Pack")), ("decline", gettext_lazy("Decline"))),
    "packed": (
        ("hand_over", gettext_lazy("Hand over")),
        ("deliver", gettext_lazy("Delivered")),
        ("refuse", gettext_lazy("Refused")),
    ),
    "shipped": (("deliver", gettext_lazy("Delivered")), ("refuse", gettext_lazy("Refused"))),
    "delivered": (("return", gettext_lazy("Returned")),),
    "refused": (("return", gettext_lazy("Returned")),),
}


def _steps(request: HttpRequest, part: Any) -> dict[str, Callable[[], object]]:
    actor, reason = actor_of(request), nfc(request.POST.get("reason", "")).strip()[:200]
    carrier, tracking = request.POST.get("carrier", ""), request.POST.get("tracking", "")
    return {
        "accept": lambda: services.seller_order_accept(part=part, actor=actor),
        "pack": lambda: services.seller_order_pack(part=part, actor=actor),
        "hand_over": lambda: services.seller_order_hand_over(
            part=part, actor=actor, carrier=carrier, tracking_code=tracking
        ),
        "deliver": lambda: services.seller_order_deliver(part=part, actor=actor),
        "refuse": lambda: services.seller_order_refuse(part=part, actor=actor, reason=reason),
        "return": lambda: services.seller_order_return(
            part=part, actor=actor, reason=reason, restock=request.POST.get("restock") == "on"
        ),
        "decline": lambda: services.seller_order_decline(part=part, actor=actor, reason=reason),
    }


@require_POST
def step(request: HttpRequest, number: str) -> HttpResponse:
    """`part` and `do` (or `do=cancel` for the whole order)."""
    order = selectors.order_for_office(number)
    wanted = request.POST.get("do", "")
    try:
        if wanted == "cancel":
            services.cancel(order=order, actor=actor_of(request), reason=request.POST.get("reason", "")[:200])
        else:
            part = next((p for p in order.seller_orders.all() if str(p.pk) == request.POST.get("part")), None)
            action = _steps(request, part).get(wanted) if part is not None else None
            if action is None:
                raise NotFound
            action()
    except DomainError as error:
        messages.error(request, error.text)
    else:
        messages.success(request, _("Done."))
    return HttpResponseRedirect(reverse("dashboard:order-detail", kwargs={"number": order.number}))


@require_POST
def answer(request: HttpRequest, number: str) -> HttpResponse:
    order = selectors.order_for_office(number)
    question = next((q for q in order.questions.all() if str(q.pk) == request.POST.get("question")), None)
    if question is None:
        raise NotFound
    services.question_answer(question=question, text=request.POST.get("text", ""), actor=actor_of(request))
    return HttpResponseRedirect(reverse("dashboard:order-detail", kwargs={"number": order.number}))
