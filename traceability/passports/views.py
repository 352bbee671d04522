"""Reporting a problem, from the passport or as a page of its own."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kernel.access import public
from kernel.actors import actor_of
from traceability.passports.forms import ProblemForm
from traceability.scans.services import problem_report


@public
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Report a problem: from the passport (POST) or as a page of its own."""
    if request.method == "POST":
        form = ProblemForm(request.POST)
        if form.is_valid():
            data = form.cleaned_data
            problem_report(
                actor=actor_of(request),
                gtin=data["gtin"],
                lot_code=data["lot"],
                kind=data["kind"],
                message=data["message"],
                contact=data["contact"],
                source=request.META.get("REMOTE_ADDR", ""),
                trap=data["website"],
            )
            return HttpResponseRedirect(reverse("passport:reported"), status=HTTPStatus.SEE_OTHER)
    else:
        form = ProblemForm(initial={"gtin": request.GET.get("gtin", ""), "lot": request.GET.get("lot", "")})
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "traceability/report.html", {"form": form}, status=status)


@public
@require_safe
def reported(request: HttpRequest) -> HttpResponse:
    return render(request, "traceability/reported.html")
