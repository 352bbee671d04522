"""`/l/<code>` for visitors; one's own links with what they brought."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalog.products.selectors import find_public
from kernel.access import public, signed_in
from kernel.actors import actor_of
from kernel.errors import DomainError
from kernel.qr import qr_path
from marketplace.links import selectors, services
from marketplace.links.domain import DAYS, is_machine
from marketplace.links.forms import LinkForm


@public
@require_safe
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """On to the page; a person is counted once and remembered for some days. Machines only look."""
    link = selectors.link_get(code)
    if link is None:
        raise Http404
    target = selectors.target_of(link.kind, link.target_id)
    response = HttpResponseRedirect(target.url)
    response["Cache-Control"] = "no-store"
    purpose = request.headers.get("Sec-Purpose", "") or request.headers.get("Purpose", "")
    if request.method == "GET" and not is_machine(request.headers.get("User-Agent", ""), purpose):
        mark = f"{services.PREFIX}{link.code}"
        if request.COOKIES.get(services.COOKIE) != mark:
            services.click_count(link=link)
        response.set_cookie(
            services.COOKIE, mark, max_age=DAYS * 24 * 3600,
            httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
    return response


@signed_in
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """One's links with clicks, baskets and orders; and a search for what to link."""
    text = request.GET.get("q", "")[:80]
    found = find_public(text)[:12] if text else []
    rows = selectors.report(request.user)
    context = {
        "rows": rows, "q": text, "found": found, "days": DAYS, "total": sum(row.amount for row in rows),
        "work_name": request.user, "work_place": _("Share links"), "work_home": "/tai-khoan/",
    }  # fmt: skip
    return render(request, "marketplace/links/mine.html", context)


@signed_in
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    form = LinkForm(request.POST)
    if not form.is_valid():
        raise Http404
    given = form.cleaned_data
    made = services.link_make(
        actor=actor_of(request), kind=given["kind"], target_id=given["target"], label=given["label"]
    )
    return HttpResponseRedirect(reverse("links:card", args=[made.code]))


@signed_in
@require_safe
def card(request: HttpRequest, code: str) -> HttpResponse:
    """The link to copy, and its QR code to show or print."""
    link = get_object_or_404(selectors.links_of(request.user), code=code)
    address = settings.SITE_URL + reverse("links:follow", args=[link.code])
    context = {
        "link": link, "address": address, "qr": qr_path(address), "days": DAYS,
        "work_name": request.user, "work_place": _("Share links"), "work_home": "/tai-khoan/",
    }  # fmt: skip
    return render(request, "marketplace/links/card.html", context)


@signed_in
@require_POST
def end(request: HttpRequest, code: str) -> HttpResponse:
    link = get_object_or_404(selectors.links_of(request.user), code=code)
    try:
        services.link_end(actor=actor_of(request), link=link)
        messages.success(request, _("The link is off."))
    except DomainError as error:
        messages.error(request, error.text)
    return HttpResponseRedirect(reverse("links:mine"))
