"""Signing in and out, and the account's first page."""

import time
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kernel.access import public, signed_in
from kernel.errors import DomainError
from marketplace.accounts import selectors, services
from marketplace.accounts.domain import phone_e164
from marketplace.accounts.errors import TooManyTries, WrongCode, WrongPassword
from marketplace.accounts.forms import CodeForm, PasswordForm, PhoneForm, SecondStepForm
from marketplace.accounts.middleware import PASSED
from marketplace.accounts.models import User

BACKEND = "marketplace.accounts.backends.PhoneOrEmailBackend"
PENDING = "sign_in_pending"
PENDING_SECONDS = 600


@public
@never_cache
@sensitive_post_parameters()
def sign_in(request: HttpRequest) -> HttpResponse:
    """One page: a phone code, or a password. Each form on it names its step."""
    back = own_address(request)
    if request.user.is_authenticated and request.method == "GET":
        return HttpResponseRedirect(back or landing(request.user))
    step = request.POST.get("step", "") if request.method == "POST" else ""
    state: dict[str, object] = {"phone_form": PhoneForm(), "password_form": PasswordForm(), "status": 200}
    try:
        if step == "phone":
            _ask_code(request, state)
        elif step == "code":
            user = _check_code(request, state)
            if user:
                return enter(request, user, back)
        elif step == "password":
            user = _check_password(request, state)
            if user:
                return enter(request, user, back)
    except DomainError as error:
        state |= {"refusal": error.text, "status": error.status}
    return _page(request, state, back)


def _page(request: HttpRequest, state: dict[str, object], back: str) -> HttpResponse:
    status = state.pop("status", 200)
    return render(request, "marketplace/accounts/sign-in.html", {**state, "next": back}, status=status)


def _ask_code(request: HttpRequest, state: dict[str, object]) -> None:
    form = state["phone_form"] = PhoneForm(request.POST)
    if not form.is_valid():
        state["status"] = HTTPStatus.UNPROCESSABLE_ENTITY
        return
    phone = form.cleaned_data["phone"]
    code = services.code_send(phone=phone, address=address_of(request))
    state |= {"code_form": CodeForm(initial={"key": code.key}), "phone": phone}
    if services.code_shown():
        state["shown_code"] = services.code_digits(code)


def _check_code(request: HttpRequest, state: dict[str, object]) -> User | None:
    form = state["code_form"] = CodeForm(request.POST)
    if not form.is_valid():
        state["status"] = HTTPStatus.UNPROCESSABLE_ENTITY
        return None
    code = services.code_check(key=form.cleaned_data["key"], digits=form.cleaned_data["code"])
    user = services.user_of_phone(code.phone)
    if not user.is_active:
        raise WrongCode
    user.backend = BACKEND
    return user


def _check_password(request: HttpRequest, state: dict[str, object]) -> User | None:
    form = state["password_form"] = PasswordForm(request.POST)
    state["password_open"] = True
    if not form.is_valid():
        state["status"] = HTTPStatus.UNPROCESSABLE_ENTITY
        return None
    user = authenticate(request, username=plain_name(form.cleaned_data["name"]), password=form.cleaned_data["password"])
    if user is None:
        if getattr(request, "axes_locked_out", False):
            raise TooManyTries(minutes=round(settings.AXES_COOLOFF_TIME * 60))
        raise WrongPassword
    return user


def locked_out(request: HttpRequest, response: HttpResponse | None, credentials: dict | None) -> HttpResponse:
    """What django-axes answers instead of the page when a pair of name and address is braked."""
    state: dict[str, object] = {"phone_form": PhoneForm(), "password_form": PasswordForm(request.POST or None)}
    refusal = TooManyTries(minutes=round(settings.AXES_COOLOFF_TIME * 60))
    state |= {"refusal": refusal.text, "status": refusal.status, "password_open": True}
    return _page(request, state, own_address(request))


def enter(request: HttpRequest, user: User, back: str) -> HttpResponse:
    """Sign in, or ask for the second step where the person has one."""
    if selectors.has_second_step(user):
        request.session[PENDING] = {"user": user.pk, "backend": user.backend, "at": int(time.time()), "next": back}
        return HttpResponseRedirect(reverse("accounts:second-step"))
    login(request, user)
    return HttpResponseRedirect(back or landing(user))


@public
@never_cache
@sensitive_post_parameters()
def second_step(request: HttpRequest) -> HttpResponse:
    """The code of the authenticator app: at sign-in, or in a session that has not shown it yet."""
    pending = request.session.get(PENDING)
    if pending and time.time() - pending["at"] > PENDING_SECONDS:
        pending = None
    if not pending and not request.user.is_authenticated:
        return HttpResponseRedirect(reverse("accounts:sign-in"))
    user = User.objects.filter(pk=pending["user"], is_active=True).first() if pending else request.user
    form = SecondStepForm(request.POST or None)
    back = (pending or {}).get("next") or own_address(request)
    status = HTTPStatus.OK
    if request.method == "POST" and user and form.is_valid():
        if _too_many_steps(request):
            request.session.pop(PENDING, None)
            form.add_error(None, TooManyTries(minutes=10).text)
            status = HTTPStatus.TOO_MANY_REQUESTS
        elif services.second_step_check(user=user, code=form.cleaned_data["code"]):
            request.session.pop(PENDING, None)
            if pending:
                user.backend = pending["backend"]
                login(request, user)
            request.session[PASSED] = True
            return HttpResponseRedirect(back or landing(user))
        else:
            form.add_error("code", WrongCode().text)
            status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "marketplace/accounts/second-step.html", {"form": form, "next": back}, status=status)


def _too_many_steps(request: HttpRequest) -> bool:
    """Five wrong codes end the attempt, and the first step has to be done again."""
    request.session["second_step_tries"] = request.session.get("second_step_tries", 0) + 1
    if request.session["second_step_tries"] <= services.CODE_TRIES:
        return False
    request.session["second_step_tries"] = 0
    return True


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.info(request, _("You are signed out."))
    return HttpResponseRedirect("/")


@signed_in
def overview(request: HttpRequest) -> HttpResponse:
    user = request.user
    context = {
        "doors": selectors.doors_of(user),
        "second_step": selectors.has_second_step(user),
        "browser_count": selectors.browsers_of(user).count(),
    }
    return render(request, "marketplace/accounts/overview.html", context)


def landing(user: User) -> str:
    """Where sign-in leads: to the place of work, for buyers to their account."""
    doors = selectors.doors_of(user)
    return doors[0].url if doors else reverse("accounts:overview")


def own_address(request: HttpRequest) -> str:
    """`next`, if it is an address of this very host."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    hosts = {request.get_host()}
    return target if url_has_allowed_host_and_scheme(target, hosts, require_https=request.is_secure()) else ""


def address_of(request: HttpRequest) -> str:
    return request.META.get("REMOTE_ADDR", "")[:45]


def plain_name(name: str) -> str:
    """One spelling a person, so that the brake counts "0905…" and "+84905…" together."""
    name = name.strip()
    if "@" in name:
        return name.lower()
    try:
        return phone_e164(name)
    except ValueError:
        return name
