"""Lots that are stopped, recalls, and what people report."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kernel.actors import actor_of
from kernel.audit.selectors import entries
from kernel.errors import DomainError
from marketplace.office.access import frame, office
from marketplace.office.forms import AnswerForm, ReasonForm
from marketplace.orders.selectors import orders_with_lot
from traceability.lots import selectors
from traceability.lots import services as lots_write
from traceability.recalls.selectors import destinations, reach
from traceability.recalls.services import recall_open
from traceability.scans.selectors import open_reports, reports_of_lot
from traceability.scans.services import problem_move


@office
@require_safe
def lots(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:60]
    found = selectors.lots_named(text) if text else []
    context = frame(request, "lots", q=text, found=found, stopped=selectors.lots_stopped())
    return render(request, "marketplace/office/lots.html", context)


@office
@require_safe
def lot(request: HttpRequest, pk: int) -> HttpResponse:
    """One lot: what it went into, who got it, and the three things the office can do."""
    found = selectors.lot_by_id(pk)
    packs = reach(found)
    places = destinations([row.pk for row in packs])
    orders = {order for row in packs for order in orders_with_lot(row.gtin, row.code)}
    context = frame(
        request, "lots", lot=found, info=selectors.info_of(found), packs=packs, places=places[:50],
        orders=len(orders), pieces=sum(place.pieces for place in places), form=ReasonForm(),
        left=sum(row.pieces_left for row in packs), reports=reports_of_lot(found.gtin, found.code),
        trail=entries(object_type="traceability_lots.lot", object_id=str(pk))[:20],
    )  # fmt: skip
    return render(request, "marketplace/office/lot.html", context)


@office
@require_POST
def move(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """giu, tha, thu-hoi, huy. Buyers of a recalled lot are told by the outbox."""
    actor, reason = actor_of(request), request.POST.get("reason", "").strip()[:300]
    try:
        if step == "giu":
            lots_write.lot_hold(actor=actor, lot_id=pk, reason=reason)
        elif step == "tha":
            lots_write.lot_release(actor=actor, lot_id=pk, reason=reason)
        elif step == "thu-hoi":
            recall_open(actor=actor, cause_id=pk, reason=reason)
        elif step == "huy":
            lots_write.lot_destroy(actor=actor, lot_id=pk, reason=reason)
        else:
            raise Http404
        messages.success(request, _("Done. Passports, shop and counter know it at once."))
    except DomainError as error:
        messages.error(request, error.text)
    return HttpResponseRedirect(reverse("office:lot", args=[pk]))


@office
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    rows = []
    for report in open_reports():
        found = selectors.lots_of_gtin(report.gtin) if report.gtin else []
        rows.append({"report": report, "lot": next((row for row in found if row.code == report.lot_code), None)})
    return render(request, "marketplace/office/reports.html", frame(request, "reports", rows=rows, form=AnswerForm()))


@office
@require_POST
def report_answer(request: HttpRequest, pk: int) -> HttpResponse:
    to = "done" if request.POST.get("to") == "done" else "seen"
    try:
        problem_move(actor=actor_of(request), report_id=pk, to=to, answer=request.POST.get("answer", ""))
        messages.success(request, _("Kept."))
    except DomainError as error:
        messages.error(request, error.text)
    return HttpResponseRedirect(reverse("office:reports"))
