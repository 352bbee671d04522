"""The desk's first page, the door for the invited, and the money page."""

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kernel.access import public
from kernel.actors import actor_of
from kernel.errors import DomainError
from marketplace.accounts import services as accounts
from marketplace.desk import selectors, services
from marketplace.desk.access import CHOSEN, frame, member_of_producer
from marketplace.desk.errors import InvitationGone
from marketplace.desk.forms_join import JoinCodeForm, JoinPhoneForm
from marketplace.desk.money import money_of
from marketplace.orders import selectors as orders

BACKEND = "marketplace.accounts.backends.PhoneOrEmailBackend"
AFTER = {"clerk": "/quay/", "host": "/live/"}


@member_of_producer
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    desk = request.desk
    parts = orders.seller_orders_of(desk.partner.pk) if desk.partner else []
    new = [part for part in parts.filter(state="placed")[:20]] if desk.partner else []
    shelf = selectors.shelf(desk)
    context = frame(
        request,
        "home",
        new=new,
        to_pack=parts.filter(state="accepted").count() if desk.partner else 0,
        out=sum(1 for goods in shelf if goods.free <= 0),
        goods=shelf,
        returned=selectors.revisions_of(desk).filter(state="returned"),
        money=money_of(desk),
        other_desks=selectors.memberships(request.user).count() > 1,
    )
    return render(request, "marketplace/desk/home.html", context)


@member_of_producer
def choose(request: HttpRequest) -> HttpResponse:
    """For people who work for several producers."""
    rows = selectors.memberships(request.user)
    if request.method == "POST":
        wanted = request.POST.get("producer", "")
        if wanted.isdecimal() and rows.filter(producer_id=int(wanted)).exists():
            request.session[CHOSEN] = int(wanted)
        return HttpResponseRedirect(reverse("desk:home"))
    return render(request, "marketplace/desk/choose.html", frame(request, "home", rows=rows))


@member_of_producer
@require_safe
def money(request: HttpRequest) -> HttpResponse:
    return render(request, "marketplace/desk/money.html", frame(request, "money", money=money_of(request.desk)))


@public
@never_cache
def join(request: HttpRequest, key: str) -> HttpResponse:
    """An invitation: the phone's code opens it; whoever is signed in already takes it with one tap."""
    invitation = selectors.invitation_open(key)
    if invitation is None:
        raise InvitationGone
    context = {"invitation": invitation, "phone_form": JoinPhoneForm(initial={"phone": invitation.phone})}
    step = request.POST.get("step", "") if request.method == "POST" else ""
    try:
        if step == "phone":
            form = context["phone_form"] = JoinPhoneForm(request.POST)
            if form.is_valid():
                code = accounts.code_send(
                    phone=form.cleaned_data["phone"], address=request.META.get("REMOTE_ADDR", "")[:45]
                )
                context["code_form"] = JoinCodeForm(initial={"key": code.key})
                context["shown_code"] = accounts.code_digits(code) if accounts.code_shown() else ""
        elif step == "code":
            form = context["code_form"] = JoinCodeForm(request.POST)
            if form.is_valid():
                code = accounts.code_check(key=form.cleaned_data["key"], digits=form.cleaned_data["code"])
                user = accounts.user_of_phone(code.phone)
                user.backend = BACKEND
                login(request, user)
                request._actor = None
                return _take(request, key)
        elif step == "take" and request.user.is_authenticated:
            return _take(request, key)
    except DomainError as error:
        context["refusal"] = error.text
    return render(request, "marketplace/desk/join.html", context)


def _take(request: HttpRequest, key: str) -> HttpResponse:
    taken = services.invitation_take(actor=actor_of(request), key=key)
    if taken.producer_id:
        request.session[CHOSEN] = taken.producer_id
    messages.success(request, _("Welcome. This is your place of work."))
    return HttpResponseRedirect(AFTER.get(taken.kind, reverse("desk:home")))
