"""Pages of the counter."""

import secrets
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kernel.actors import actor_of
from kernel.errors import DomainError
from kernel.qr import qr_path
from marketplace.orders import selectors as orders
from marketplace.payments.selectors import transfer_slip
from marketplace.pos import selectors, services
from marketplace.pos.access import CHOSEN, clerk, frame
from marketplace.pos.forms import CloseForm, OpenForm, PickupForm
from marketplace.sellers.selectors import partners_with_goods


def _go(name: str, *args: object) -> HttpResponse:
    return HttpResponseRedirect(reverse(f"pos:{name}", args=args))


@clerk
@require_safe
def till(request: HttpRequest) -> HttpResponse:
    """The shelf and the bill; before the day is open, the drawer is counted."""
    shift = selectors.shift_open_at(request.point)
    if shift is None:
        return render(
            request, "marketplace/pos/open.html", frame(request, "till", form=OpenForm(), points=request.points)
        )
    context = frame(request, "till", shift=shift, goods=selectors.shelf(request.point), key=secrets.token_urlsafe(16))
    return render(request, "marketplace/pos/till.html", context)


@clerk
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("point", "")
    if any(str(point.pk) == wanted for point in request.points):
        request.session[CHOSEN] = int(wanted)
    return _go("till")


@clerk
@require_POST
def day_open(request: HttpRequest) -> HttpResponse:
    form = OpenForm(request.POST)
    if not form.is_valid():
        context = frame(request, "till", form=form, points=request.points)
        return render(request, "marketplace/pos/open.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        services.shift_open(actor=actor_of(request), point=request.point, float_cash=form.cleaned_data["float_cash"])
    except DomainError as error:
        messages.error(request, error.text)
    return _go("till")


@clerk
@require_safe
def day(request: HttpRequest) -> HttpResponse:
    shift = selectors.shift_open_at(request.point)
    context = frame(
        request, "day", shift=shift, drawer=selectors.drawer(shift) if shift else None, form=CloseForm(),
        past=selectors.shifts_of(request.point).exclude(closed_at=None)[:14],
    )  # fmt: skip
    return render(request, "marketplace/pos/day.html", context)


@clerk
@require_POST
def day_close(request: HttpRequest) -> HttpResponse:
    shift, form = selectors.shift_open_at(request.point), CloseForm(request.POST)
    if shift is None:
        return _go("day")
    if not form.is_valid():
        context = frame(request, "day", shift=shift, drawer=selectors.drawer(shift), form=form, past=[])
        return render(request, "marketplace/pos/day.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    closed = services.shift_close(actor=actor_of(request), shift=shift, **form.cleaned_data)
    if closed.difference:
        messages.warning(request, _("The drawer does not match; the difference is on record."))
    else:
        messages.success(request, _("The drawer matches. The day is closed."))
    return _go("day")


@clerk
@require_POST
def sell(request: HttpRequest) -> HttpResponse:
    """The bill without script: fields `q-<product id>`."""
    lines = [
        services.BillLine(int(name[2:]), int(value))
        for name, value in request.POST.items()
        if name.startswith("q-") and name[2:].isdecimal() and value.isdecimal() and int(value)
    ]
    given = request.POST.get("cash_given", "").replace(".", "").strip()
    try:
        sale = services.sale_make(
            actor=actor_of(request), point=request.point, key=request.POST.get("key", "")[:60] or secrets.token_hex(8),
            lines=lines, payment="vietqr" if request.POST.get("payment") == "vietqr" else "cash",
            cash_given=int(given) if given.isdecimal() else None, age_checked=bool(request.POST.get("age_checked")),
        )  # fmt: skip
    except DomainError as error:
        messages.error(request, error.text)
        return _go("till")
    return _go("receipt", sale.number)


@clerk
@require_safe
def receipts(request: HttpRequest) -> HttpResponse:
    number = request.GET.get("q", "").strip().upper()[:40]
    if number:
        try:
            return _go("receipt", selectors.sale_get(request.points, number).number)
        except DomainError as error:
            messages.error(request, error.text)
    shift = selectors.shift_open_at(request.point)
    rows = selectors.sales_of(shift)[:100] if shift else []
    return render(request, "marketplace/pos/receipts.html", frame(request, "receipts", sales=rows))


@clerk
@require_safe
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    sale = selectors.sale_get(request.points, number)
    address = settings.SITE_URL + reverse("pos:receipt", args=[sale.number])
    makers: dict[int, Any] = {}
    for line in sale.lines.all():
        makers.setdefault(line.partner_id, {"partner": line.partner, "lines": []})["lines"].append(line)
    context = frame(
        request, "receipts", sale=sale, makers=list(makers.values()), qr=qr_path(address),
        slip=None if sale.is_paid else transfer_slip(sale.order_number), key=secrets.token_urlsafe(16),
    )  # fmt: skip
    return render(request, "marketplace/pos/receipt.html", context)


@clerk
@require_POST
def paid(request: HttpRequest, number: str) -> HttpResponse:
    sale = selectors.sale_get(request.points, number)
    try:
        done = services.sale_paid(actor=actor_of(request), sale=sale, seen=bool(request.POST.get("seen")))
        if not done:
            messages.info(request, _("The money has not come yet."))
    except DomainError as error:
        messages.error(request, error.text)
    return _go("receipt", number)


@clerk
@require_POST
def take_back(request: HttpRequest, number: str) -> HttpResponse:
    sale = selectors.sale_get(request.points, number)
    partner = request.POST.get("partner", "")
    try:
        made = services.sale_return(
            actor=actor_of(request), sale=sale, partner_id=int(partner) if partner.isdecimal() else 0,
            key=request.POST.get("key", "")[:60] or secrets.token_hex(8), reason=request.POST.get("reason", ""),
            restock=bool(request.POST.get("restock")),
        )  # fmt: skip
        messages.success(
            request,
            _("Taken back. Give %(sum)s from the drawer.") % {"sum": f"{made.amount:,}".replace(",", ".") + " ₫"},
        )
    except DomainError as error:
        messages.error(request, error.text)
    return _go("receipt", number)


@clerk
def slips(request: HttpRequest) -> HttpResponse:
    """Goods in and out: choose the maker, then numbers per goods."""
    partners = list(partners_with_goods())
    wanted = request.POST.get("partner") or request.GET.get("nha") or ""
    partner = next((p for p in partners if str(p.pk) == wanted), None)
    goods = selectors.goods_of_partner(partner, request.point) if partner else []
    if request.method == "POST" and partner:
        lines = []
        for row in goods:
            value = request.POST.get(f"q-{row['id']}", "")
            if value.isdecimal() and int(value):
                lines.append((row["id"], int(value)))
        try:
            made = services.slip_make(
                actor=actor_of(request), point=request.point, partner=partner, lines=lines,
                kind="out" if request.POST.get("kind") == "out" else "in",
                person=request.POST.get("person", ""), key=request.POST.get("key", "")[:60] or secrets.token_hex(8),
            )  # fmt: skip
            return _go("slip", made.number)
        except DomainError as error:
            messages.error(request, error.text)
    context = frame(
        request, "slips", partners=partners, partner=partner, goods=goods,
        rows=selectors.slips_of(request.point)[:30], key=secrets.token_urlsafe(12),
    )  # fmt: skip
    return render(request, "marketplace/pos/slips.html", context)


@clerk
@require_safe
def slip(request: HttpRequest, number: str) -> HttpResponse:
    found = selectors.slip_get(request.point, number)
    if found is None:
        raise Http404
    return render(request, "marketplace/pos/slip.html", frame(request, "slips", slip=found))


@clerk
@require_safe
def pickup(request: HttpRequest) -> HttpResponse:
    """An order's code brings up the parcels that wait here."""
    form = PickupForm(request.GET if request.GET.get("code") else None)
    parts = None
    if form.is_bound and form.is_valid():
        parts = orders.pickup_parts(request.point.slug, form.cleaned_data["code"])
    return render(request, "marketplace/pos/pickup.html", frame(request, "pickup", form=form, parts=parts))


@clerk
@require_POST
def pickup_done(request: HttpRequest, number: str) -> HttpResponse:
    part = next(
        (p for p in orders.pickup_parts(request.point.slug, request.POST.get("code", "")) if p.number == number), None
    )
    if part is None:
        raise Http404
    try:
        services.pickup_hand_over(actor=actor_of(request), point=request.point, part=part)
        messages.success(request, _("Handed over."))
    except DomainError as error:
        messages.error(request, error.text)
    return HttpResponseRedirect(reverse("pos:pickup") + f"?code={request.POST.get('code', '')}")
