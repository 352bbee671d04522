"""The office's day, listings to read, and the audit trail."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalog.certification.selectors import reminders
from kernel import clock
from kernel.actors import actor_of
from kernel.audit.selectors import entries
from kernel.errors import DomainError
from kernel.pictures.selectors import pictures_by_id
from marketplace.desk import selectors, services
from marketplace.desk.domain import FIELDS, diff
from marketplace.desk.selectors import FIELD_LABELS
from marketplace.desk.services.listing import values_of
from marketplace.office.access import frame, office
from marketplace.office.reasons import TEMPLATES
from traceability.lots.selectors import lots_stopped
from traceability.scans.selectors import open_reports

OVERDUE_DAYS = 3


@office
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    waiting = list(selectors.waiting())
    now = clock.now()
    ending = reminders(clock.today())
    stopped = lots_stopped()
    context = frame(
        request, "home", waiting=waiting, reports=open_reports(), ending=ending[:12], ending_count=len(ending),
        stopped=stopped[:12], stopped_count=len(stopped), today=clock.today(),
        overdue=sum(1 for row in waiting if row.submitted_at and (now - row.submitted_at).days >= OVERDUE_DAYS),
    )  # fmt: skip
    return render(request, "marketplace/office/home.html", context)


@office
@require_safe
def listings(request: HttpRequest) -> HttpResponse:
    return render(request, "marketplace/office/listings.html", frame(request, "listings", rows=selectors.waiting()))


@office
@require_safe
def listing(request: HttpRequest, pk: int) -> HttpResponse:
    """Old beside new, field by field, and what to answer."""
    revision = selectors.revision_for_office(pk)
    live = values_of(revision.product) if revision.product_id and revision.state == "submitted" else revision.base
    asked = {field for field, _old, _new in diff(revision.base, revision.data)}
    changed = {field: (old, new) for field, old, new in diff(live, revision.data) if field in asked}
    rows = [
        {
            "name": name,
            "label": FIELD_LABELS[name],
            "old": changed[name][0],
            "new": changed[name][1],
            "reasons": TEMPLATES.get(name, ()),
        }
        for name in FIELDS
        if name in changed
    ]
    kept = {name: (revision.data if name in asked else live).get(name) for name in FIELDS if name not in changed}
    same = [(FIELD_LABELS[name], value) for name, value in kept.items() if value]
    found = pictures_by_id(revision.pictures)
    context = frame(
        request, "listings", revision=revision, rows=rows, same=same, is_new=revision.product_id is None,
        pictures=[found[key] for key in revision.pictures if key in found], picture_reasons=TEMPLATES["pictures"],
    )  # fmt: skip
    return render(request, "marketplace/office/listing.html", context)


def _decide(request: HttpRequest, act: Any, done: str) -> HttpResponse:
    try:
        act()
        messages.success(request, done)
    except DomainError as error:
        messages.error(request, error.text)
    return HttpResponseRedirect(reverse("office:listings"))


@office
@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide(
        request,
        lambda: services.listing_approve(actor=actor_of(request), revision_id=pk),
        _("Approved. It is public now."),
    )


@office
@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    answers: dict[str, str] = {}
    for name in (*FIELDS, "pictures"):
        said = [*request.POST.getlist(f"ly-do-{name}"), request.POST.get(f"them-{name}", "")]
        text = " ".join(part.strip() for part in said if part.strip())
        if text:
            answers[name] = text
    note = request.POST.get("note", "")
    if not answers and not note.strip():
        messages.error(request, _("Say what has to be mended."))
        return HttpResponseRedirect(reverse("office:listing", args=[pk]))
    return _decide(
        request,
        lambda: services.listing_return(actor=actor_of(request), revision_id=pk, answers=answers, note=note),
        _("Sent back with the reasons."),
    )


@office
@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    """Who did what, with old and new value."""
    rows = entries(
        verb=request.GET.get("viec", "")[:40],
        object_type=request.GET.get("loai", "")[:80],
        object_id=request.GET.get("so", "")[:64],
    )
    page = Paginator(rows, 50).get_page(request.GET.get("trang"))
    return render(
        request,
        "marketplace/office/trail.html",
        frame(request, "trail", page=page, verb=request.GET.get("viec", "")[:40]),
    )
