"""The certificate register: find, issue, extend, suspend, lift, revoke; scans."""

import mimetypes
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalog.certification import selectors, services
from catalog.certification.domain import MAX_SCAN_BYTES
from catalog.products.selectors import by_id, find_public
from kernel import clock
from kernel.actors import actor_of
from kernel.audit.selectors import entries
from kernel.errors import DomainError
from marketplace.office.access import frame, office
from marketplace.office.forms import DocumentForm, ExtendForm, IssueForm, ReasonForm

STEPS = {
    "gia-han": services.certificate_extend,
    "dinh-chi": services.certificate_suspend,
    "mo-lai": services.certificate_lift,
    "thu-hoi": services.certificate_revoke,
}


@office
@require_safe
def certificates(request: HttpRequest) -> HttpResponse:
    """Any certificate by number, decision, product or maker, in one field."""
    text = request.GET.get("q", "").strip()[:100]
    found = selectors.find(text) if text else []
    day = clock.today()
    rows = [{"row": row, "state": row.state_on(day)} for row in found]
    goods = find_public(text)[:8] if text else []
    context = frame(request, "certificates", q=text, rows=rows, goods=goods, ending=selectors.reminders(day)[:30])
    return render(request, "marketplace/office/certificates.html", context)


@office
def issue(request: HttpRequest, product: int) -> HttpResponse:
    goods = by_id(product)
    if goods is None:
        raise Http404
    latest = selectors.rule_set_on(clock.today())
    form = IssueForm(
        request.POST or None, initial={"issued_on": clock.today(), "rule_set": latest.pk if latest else None}
    )
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        wanted = given.pop("rule_set")
        rules = next(row for row in selectors.rule_sets() if row.pk == wanted)
        try:
            made = services.certificate_issue(actor=actor_of(request), product=goods, rule_set=rules, **given)
        except DomainError as error:
            form.add_error(None, error.text)
        else:
            messages.success(request, _("Entered. The stars show from now on."))
            return HttpResponseRedirect(reverse("office:certificate", args=[made.pk]))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    context = frame(request, "certificates", form=form, title=_("Enter a certificate"), sub=goods.title)
    return render(request, "marketplace/office/one-form.html", context, status=status)


def _certificate(pk: int) -> Any:
    found = selectors.certificate_by_id(pk)
    if found is None:
        raise Http404
    return found


@office
@require_safe
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    found = _certificate(pk)
    context = frame(
        request, "certificates", certificate=found, state=found.state_on(clock.today()), extend=ExtendForm(),
        reason=ReasonForm(), document=DocumentForm(), documents=selectors.documents_of(pk, public_only=False),
        history=selectors.history(found.product_id),
        trail=entries(object_type="catalog_certification.certificate", object_id=str(pk))[:20],
    )  # fmt: skip
    return render(request, "marketplace/office/certificate.html", context)


@office
@require_POST
def move(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """gia-han, dinh-chi, mo-lai, thu-hoi, giay-to."""
    actor = actor_of(request)
    try:
        if step == "giay-to":
            form = DocumentForm(request.POST, request.FILES)
            if not form.is_valid():
                messages.error(request, _("Choose a file and say what it is."))
            else:
                given = form.cleaned_data
                services.document_add(
                    actor=actor, certificate_id=pk, title=given["title"], content=given["file"].read(MAX_SCAN_BYTES + 1),
                    is_public=given["is_public"],
                )  # fmt: skip
                messages.success(request, _("The scan is kept."))
        elif step in STEPS:
            form = (ExtendForm if step == "gia-han" else ReasonForm)(request.POST)
            if form.is_valid():
                STEPS[step](actor=actor, certificate_id=pk, **form.cleaned_data)
                messages.success(request, _("Done. The public page follows at once."))
            else:
                messages.error(request, _("A reason is needed, and for an extension a date."))
        else:
            raise Http404
    except DomainError as error:
        messages.error(request, error.text)
    return HttpResponseRedirect(reverse("office:certificate", args=[pk]))


@office
@require_safe
def document(request: HttpRequest, pk: int, document: int) -> HttpResponse:
    row = next((row for row in selectors.documents_of(pk, public_only=False) if row.pk == document), None)
    if row is None or not storages["private"].exists(row.file):
        raise Http404
    kind = mimetypes.guess_type(row.file)[0] or "application/octet-stream"
    return FileResponse(
        storages["private"].open(row.file), content_type=kind, as_attachment=True, filename=row.file.rsplit("/", 1)[-1]
    )
