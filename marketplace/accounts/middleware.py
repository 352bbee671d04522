"""The office's rooms ask for the second step, and have no sign-in page of their own."""

from collections.abc import Callable
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from marketplace.accounts.selectors import has_second_step, needs_second_step

ROOMS = ("/van-phong/", "/cms/", "/he-thong/")
OTHER_SIGN_INS = ("/cms/login/", "/he-thong/login/", "/he-thong/django/login/")
PASSED = "second_step"


class SecondStepMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if not path.startswith(ROOMS):
            return self.get_response(request)
        if path in OTHER_SIGN_INS:
            return HttpResponseRedirect(f"{settings.LOGIN_URL}?next={quote(request.GET.get('next', ''))}")
        user = request.user
        if user.is_authenticated and not request.session.get(PASSED):
            if has_second_step(user):
                return HttpResponseRedirect(f"{reverse('accounts:second-step')}?next={quote(path)}")
            if needs_second_step(user):
                return HttpResponseRedirect(reverse("accounts:second-step-setup"))
        return self.get_response(request)
