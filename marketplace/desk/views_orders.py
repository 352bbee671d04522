"""A producer's part of each order: accept, pack, hand over."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kernel.errors import DomainError
from marketplace.desk.access import frame, member_of_producer
from marketplace.orders import selectors, services
from marketplace.orders.errors import OrderNotFound
from traceability.lots.selectors import lots_on_sale

TABS = {
    "moi": ("placed",),
    "goi": ("accepted",),
    "giao": ("packed",),
    "di": ("shipped",),
    "xong": ("delivered", "declined", "cancelled", "refused", "returned"),
}


def _part(request: HttpRequest, number: str) -> Any:
    desk = request.desk
    if desk.partner is None:
        raise OrderNotFound
    return selectors.seller_order_get(desk.partner.pk, number)


@member_of_producer
@require_safe
def orders(request: HttpRequest) -> HttpResponse:
    desk = request.desk
    chosen = request.GET.get("tab", "moi")
    chosen = chosen if chosen in TABS else "moi"
    rows = selectors.seller_orders_of(desk.partner.pk) if desk.partner else []
    counts = {name: rows.filter(state__in=states).count() for name, states in TABS.items()} if desk.partner else {}
    parts = []
    if desk.partner:
        order_by = "-id" if chosen in ("xong", "di") else "id"
        parts = list(rows.filter(state__in=TABS[chosen]).order_by(order_by)[:50])
    names = {"moi": _("New"), "goi": _("To pack"), "giao": _("To hand over"), "di": _("On the way"), "xong": _("Done")}
    tabs = [
        {"url": f"?tab={tab}", "text": text, "current": tab == chosen, "count": counts.get(tab) if tab != "xong" else 0}
        for tab, text in names.items()
    ]
    shown = [{"part": part, "buyer": selectors.buyer_for_seller(part)} for part in parts]
    return render(request, "marketplace/desk/orders.html", frame(request, "orders", parts=shown, tabs=tabs, tab=chosen))


@member_of_producer
@require_safe
def order(request: HttpRequest, number: str) -> HttpResponse:
    part = _part(request, number)
    lines = list(part.lines.all())
    lots = lots_on_sale([line.gtin for line in lines]) if part.state in ("placed", "accepted") else {}
    context = frame(
        request,
        "orders",
        part=part,
        buyer=selectors.buyer_for_seller(part),
        lines=[{"line": line, "lots": lots.get(line.gtin, [])} for line in lines],
        history=selectors.history(part.order, part),
    )
    return render(request, "marketplace/desk/order.html", context)


def _step(request: HttpRequest, number: str, done: str, act: Any) -> HttpResponse:
    part = _part(request, number)
    try:
        act(part)
    except DomainError as error:
        messages.error(request, error.text)
    else:
        messages.success(request, done)
    if request.POST.get("back") == "home":
        return HttpResponseRedirect(reverse("desk:home"))
    return HttpResponseRedirect(reverse("desk:order", args=[number]))


@member_of_producer
@require_POST
def accept(request: HttpRequest, number: str) -> HttpResponse:
    actor = request.desk.actor
    return _step(
        request, number, _("Accepted. Pack it next."), lambda p: services.seller_order_accept(part=p, actor=actor)
    )


@member_of_producer
@require_POST
def decline(request: HttpRequest, number: str) -> HttpResponse:
    reason = request.POST.get("reason", "").strip()[:200] or _("The producer can't make it.")
    actor = request.desk.actor
    return _step(
        request, number, _("Declined. The buyer is told."),
        lambda p: services.seller_order_decline(part=p, actor=actor, reason=reason),
    )  # fmt: skip


@member_of_producer
@require_POST
def pack(request: HttpRequest, number: str) -> HttpResponse:
    """Lots as chosen, or the oldest fit ones."""
    chosen = {
        int(name.removeprefix("lot-")): int(value)
        for name, value in request.POST.items()
        if name.startswith("lot-") and name[4:].isdecimal() and value.isdecimal()
    }
    actor = request.desk.actor
    return _step(
        request, number, _("Packed. Stick the slip on the parcel."),
        lambda p: services.seller_order_pack(part=p, actor=actor, lots_by_line=chosen),
    )  # fmt: skip


@member_of_producer
@require_POST
def hand_over(request: HttpRequest, number: str) -> HttpResponse:
    actor, carrier = request.desk.actor, request.POST.get("carrier", "")[:40]
    code = request.POST.get("tracking", "")[:60]
    return _step(
        request, number, _("Handed over."),
        lambda p: services.seller_order_hand_over(part=p, actor=actor, carrier=carrier, tracking_code=code),
    )  # fmt: skip


@member_of_producer
@require_safe
def slips(request: HttpRequest) -> HttpResponse:
    """Packing slips of everything that has to leave, one a page, for the printer."""
    desk = request.desk
    rows = selectors.parts_to_send(desk.partner.pk) if desk.partner else []
    shown = [{"part": part, "buyer": selectors.buyer_for_seller(part)} for part in rows]
    return render(request, "marketplace/desk/slips.html", frame(request, "orders", parts=shown))


@member_of_producer
@require_safe
def slips_pdf(request: HttpRequest) -> HttpResponse:
    """The same as one PDF with an address label for each parcel."""
    partner = request.desk.partner
    parts = selectors.parts_to_send(partner.pk) if partner else []
    response = HttpResponse(services.packing_pdf(parts), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="phieu-dong-goi.pdf"'
    return response
