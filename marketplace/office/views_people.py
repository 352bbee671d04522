"""Inviting people, and checking who live hosts are."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kernel.actors import actor_of
from kernel.errors import DomainError
from kernel.qr import qr_path
from marketplace.desk import selectors, services
from marketplace.live import selectors as live_read
from marketplace.live import services as live
from marketplace.office.access import frame, office
from marketplace.office.forms import InviteForm


@office
def invitations(request: HttpRequest) -> HttpResponse:
    form, made, status = InviteForm(), None, 200
    if request.method == "POST":
        form, status = InviteForm(request.POST), 422
        if form.is_valid():
            given = dict(form.cleaned_data)
            made = services.invite(
                actor=actor_of(request), kind=given["kind"], name=given["name"], phone=given["phone"],
                producer_id=given["producer"], point_id=given["point"], consent_by=given["consent_by"],
                consent_note=given["consent_note"],
            )  # fmt: skip
            form, status = InviteForm(), 200
    address = settings.SITE_URL + reverse("desk:join", args=[made.key]) if made else ""
    context = frame(
        request, "people", form=form, made=made, address=address, qr=qr_path(address) if made else None,
        rows=selectors.invitations()[:50],
    )  # fmt: skip
    return render(request, "marketplace/office/invitations.html", context, status=status)


@office
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    services.invitation_revoke(actor=actor_of(request), invitation_id=pk)
    messages.success(request, _("The invitation no longer holds."))
    return HttpResponseRedirect(reverse("office:invitations"))


@office
def hosts(request: HttpRequest) -> HttpResponse:
    return render(request, "marketplace/office/hosts.html", frame(request, "people", rows=live_read.hosts()))


@office
@require_POST
def host_check(request: HttpRequest, pk: int) -> HttpResponse:
    percent = request.POST.get("commission", "")
    try:
        live.host_check(actor=actor_of(request), host_id=pk, commission=int(percent) if percent.isdecimal() else None)
        messages.success(request, _("Kept."))
    except DomainError as error:
        messages.error(request, error.text)
    return HttpResponseRedirect(reverse("office:hosts"))
