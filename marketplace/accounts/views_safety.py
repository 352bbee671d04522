"""What guards an account: browsers, password, e-mail, second step. Changes ask who you are once more."""

import functools
import time
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from kernel.access import signed_in
from kernel.actors import actor_of
from kernel.errors import DomainError
from kernel.qr import qr_path
from marketplace.accounts import selectors, services
from marketplace.accounts.errors import WrongCode, WrongPassword
from marketplace.accounts.forms import CodeForm, ConfirmForm, EmailForm, NameForm, NewPasswordForm, SecondStepForm
from marketplace.accounts.middleware import PASSED
from marketplace.accounts.models import SignedInBrowser
from marketplace.accounts.views import address_of, own_address, plain_name

CONFIRMED, CONFIRMED_SECONDS = "confirmed_at", 600
SECRET = "second_step_secret"


def confirmed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Ask who it is once more; ten minutes long that holds."""

    @functools.wraps(view)
    def asked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if time.time() - request.session.get(CONFIRMED, 0) > CONFIRMED_SECONDS:
            return HttpResponseRedirect(f"{reverse('accounts:confirm')}?next={quote(request.path)}")
        return view(request, *args, **kwargs)

    return asked


@signed_in
@sensitive_post_parameters()
def confirm(request: HttpRequest) -> HttpResponse:
    """By password, or by a code to one's own phone."""
    user, step = request.user, request.POST.get("step", "")
    form = ConfirmForm(request.POST if step == "password" else None)
    state: dict[str, object] = {"form": form, "next": own_address(request), "has_password": user.has_usable_password()}
    status = HTTPStatus.OK
    try:
        if step == "password" and form.is_valid():
            name = plain_name(user.phone or user.email or user.username)
            if authenticate(request, username=name, password=form.cleaned_data["password"]) != user:
                raise WrongPassword
            return _confirm(request)
        if step == "phone" and user.phone:
            code = services.code_send(phone=user.phone, address=address_of(request))
            state["code_form"] = CodeForm(initial={"key": code.key})
            state["shown_code"] = services.code_digits(code) if services.code_shown() else ""
        if step == "code":
            code_form = state["code_form"] = CodeForm(request.POST)
            if code_form.is_valid():
                given = code_form.cleaned_data
                if services.code_check(key=given["key"], digits=given["code"]).phone != user.phone:
                    raise WrongCode
                return _confirm(request)
    except DomainError as error:
        state["refusal"], status = error.text, error.status
    return render(request, "marketplace/accounts/confirm.html", state, status=status)


def _confirm(request: HttpRequest) -> HttpResponse:
    request.session[CONFIRMED] = int(time.time())
    return HttpResponseRedirect(own_address(request) or reverse("accounts:overview"))


@signed_in
def browsers(request: HttpRequest) -> HttpResponse:
    rows = selectors.browsers_of(request.user)
    context = {"browsers": rows, "this": request.session.session_key}
    return render(request, "marketplace/accounts/sessions.html", context)


@signed_in
@require_POST
def browser_end(request: HttpRequest, pk: int) -> HttpResponse:
    browser = get_object_or_404(SignedInBrowser, pk=pk, user=request.user)
    services.browser_revoke(actor=actor_of(request), browser=browser)
    messages.success(request, _("That browser is signed out."))
    return HttpResponseRedirect(reverse("accounts:sessions"))


@signed_in
def name_change(request: HttpRequest) -> HttpResponse:
    form = NameForm(request.POST or None, initial={"full_name": request.user.full_name})
    if request.method == "POST" and form.is_valid():
        services.details_set(actor=actor_of(request), full_name=form.cleaned_data["full_name"])
        return _done(request, _("Saved."))
    return _form_page(request, form, _("Your name"))


@signed_in
@confirmed
@sensitive_post_parameters()
def password_change(request: HttpRequest) -> HttpResponse:
    form = NewPasswordForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        actor, old_key = actor_of(request), request.session.session_key
        services.password_set(actor=actor, password=form.cleaned_data["password"], keep_session=old_key)
        update_session_auth_hash(request, request.user)
        SignedInBrowser.objects.filter(session_key=old_key).update(session_key=request.session.session_key)
        return _done(request, _("The new password holds. All other browsers are signed out."))
    return _form_page(request, form, _("New password"))


@signed_in
@confirmed
def email_change(request: HttpRequest) -> HttpResponse:
    form = EmailForm(request.POST or None, initial={"email": request.user.email})
    if request.method == "POST" and form.is_valid():
        if services.details_set(actor=actor_of(request), email=form.cleaned_data["email"]):
            return _done(request, _("Saved."))
        form.add_error("email", _("This address can't be used here."))
    return _form_page(request, form, _("E-mail"))


@signed_in
@confirmed
@sensitive_post_parameters()
def second_step_setup(request: HttpRequest) -> HttpResponse:
    """Show the secret as a QR code, turn on after one right code, then show the recovery codes once."""
    if request.method != "POST" or SECRET not in request.session:
        request.session[SECRET] = services.second_step_secret()
    form = SecondStepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            codes = services.second_step_on(
                actor=actor_of(request), secret=request.session[SECRET], code=form.cleaned_data["code"].strip()
            )
        except WrongCode as error:
            form.add_error("code", error.text)
        else:
            del request.session[SECRET]
            request.session[PASSED] = True
            return render(request, "marketplace/accounts/recovery-codes.html", {"codes": codes})
    secret = request.session[SECRET]
    name, shop = quote(str(request.user.phone or request.user.email)), quote(settings.SHOP_NAME)
    address = f"otpauth://totp/{shop}:{name}?secret={secret}&issuer={shop}"
    context = {
        "form": form,
        "secret": secret,
        "qr": qr_path(address),
        "on": selectors.has_second_step(request.user),
        "duty": selectors.needs_second_step(request.user),
    }
    return render(request, "marketplace/accounts/second-step-setup.html", context)


@signed_in
@require_POST
@confirmed
def second_step_end(request: HttpRequest) -> HttpResponse:
    services.second_step_off(actor=actor_of(request))
    request.session.pop(PASSED, None)
    return _done(request, _("The second step is off."))


def _done(request: HttpRequest, text: str) -> HttpResponse:
    messages.success(request, text)
    return HttpResponseRedirect(reverse("accounts:overview"))


def _form_page(request: HttpRequest, form: object, title: str) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, "marketplace/accounts/form.html", {"form": form, "title": title}, status=status)
