"""The host's control room."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kernel import clock
from kernel.actors import actor_of
from kernel.errors import DomainError
from kernel.qr import qr_path
from marketplace.live import selectors, services
from marketplace.live.access import frame, live_host
from marketplace.live.forms import ItemForm, PlanForm

STEPS = {
    "len-song": services.session_start,
    "tam-nghi": services.session_pause,
    "ket-thuc": services.session_end,
    "tiep": services.item_next,
}


@live_host
@require_safe
def room(request: HttpRequest) -> HttpResponse:
    local = clock.now().astimezone(clock.HERE)
    context = frame(
        request,
        sessions=selectors.sessions_of(request.host_row)[:20],
        form=PlanForm(initial={"starts_at": local, "limit": 5}),
    )
    return render(request, "marketplace/live/room.html", context)


@live_host
@require_POST
def rules(request: HttpRequest) -> HttpResponse:
    if request.POST.get("accept"):
        services.rules_accept(actor=actor_of(request), host=request.host_row)
        messages.success(request, _("Rules accepted."))
    return HttpResponseRedirect(reverse("live:room"))


@live_host
@require_POST
def plan(request: HttpRequest) -> HttpResponse:
    form = PlanForm(request.POST)
    if not form.is_valid():
        context = frame(request, sessions=selectors.sessions_of(request.host_row)[:20], form=form)
        return render(request, "marketplace/live/room.html", context, status=422)
    made = services.session_plan(actor=actor_of(request), host=request.host_row, **form.cleaned_data)
    return HttpResponseRedirect(reverse("live:control", args=[made.code]))


def _session(request: HttpRequest, code: str) -> Any:
    return selectors.session_of_host(request.host_row, code)


@live_host
@require_safe
def control(request: HttpRequest, code: str) -> HttpResponse:
    session = _session(request, code)
    text = request.GET.get("q", "").strip()[:80]
    address = settings.SITE_URL + reverse("live:watch", args=[session.code])
    context = frame(
        request, session=session, live=selectors.state_of(session), figures=selectors.figures(session), q=text,
        found=selectors.find_packs(text), address=address, qr=qr_path(address),
    )  # fmt: skip
    return render(request, "marketplace/live/control.html", context)


def _back(request: HttpRequest, code: str, act: Any) -> HttpResponse:
    try:
        act()
    except DomainError as error:
        messages.error(request, error.text)
    return HttpResponseRedirect(reverse("live:control", args=[code]))


@live_host
@require_POST
def step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """len-song, tam-nghi, ket-thuc, tiep, bo-ghim."""
    session, actor = _session(request, code), actor_of(request)
    if step == "bo-ghim":
        return _back(request, code, lambda: services.item_pin(actor=actor, session=session, item=None))
    if step not in STEPS:
        raise Http404
    return _back(request, code, lambda: STEPS[step](actor=actor, session=session))


@live_host
@require_POST
def item_add(request: HttpRequest, code: str) -> HttpResponse:
    session, form = _session(request, code), ItemForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give a price and how many pieces are for this session."))
        return HttpResponseRedirect(reverse("live:control", args=[code]))
    given = form.cleaned_data
    return _back(
        request, code,
        lambda: services.item_add(
            actor=actor_of(request), session=session, product_id=given["product"], price=given["price"],
            quantity=given["quantity"],
        ),
    )  # fmt: skip


@live_host
@require_POST
def item_step(request: HttpRequest, code: str, pk: int, step: str) -> HttpResponse:
    """ghim, dung, ban-tiep, bo."""
    session, actor = _session(request, code), actor_of(request)
    item = session.items.filter(pk=pk).first()
    acts = {
        "ghim": lambda: services.item_pin(actor=actor, session=session, item=item),
        "dung": lambda: services.item_stop(actor=actor, session=session, item=item),
        "ban-tiep": lambda: services.item_stop(actor=actor, session=session, item=item, stopped=False),
        "bo": lambda: services.item_drop(actor=actor, session=session, item=item),
    }
    if item is None or step not in acts:
        raise Http404
    return _back(request, code, acts[step])
