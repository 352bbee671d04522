"""Who may open an address. Each view says so once; `list_urls` prints it and the permission test walks it.

The rule is kept on the view as `access_rule`. Rows are a matter of selectors (somebody else's row is a 404); this
module only decides whether the door opens at all.
"""

import functools
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _

from kernel.actors import actor_of
from kernel.errors import NotPermitted

View = Callable[..., HttpResponse]
V = TypeVar("V", bound=View)
Test = Callable[[HttpRequest], Any]


def public(view: V) -> V:
    """Anybody; what the page shows is public or guarded by a secret in its address."""
    view.access_rule = "public"  # type: ignore[attr-defined]
    return view


def guarded(rule: str, test: Test | None = None) -> Callable[[View], View]:
    """Signed in, and `test(request)` true. `rule` is the word that the permission table compares.

    A guest is sent to the sign-in page (JSON callers get 401); a signed-in stranger is refused with 403.
    """

    def keep(view: View) -> View:
        @functools.wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return ask_to_sign_in(request)
            if test is not None and not test(request):
                raise NotPermitted
            response = view(request, *args, **kwargs)
            response.headers.setdefault("Cache-Control", "private, no-store")
            return response

        checked.access_rule = rule  # type: ignore[attr-defined]
        return checked

    return keep


signed_in = guarded("signed in")


def role(*names: str) -> Callable[[View], View]:
    """Members of one of the groups, and superusers."""
    return guarded("role:" + "|".join(names), lambda request: actor_of(request).has_role(*names))


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page with the way back; a form that was posted comes back to its page, not to the post."""
    if wants_json(request):
        body = {"code": "not_signed_in", "message": _("Sign in first.")}
        return JsonResponse(body, status=HTTPStatus.UNAUTHORIZED)
    back = request.get_full_path() if request.method in ("GET", "HEAD") else request.path
    return HttpResponseRedirect(f"{settings.LOGIN_URL}?next={quote(back)}")


def wants_json(request: HttpRequest) -> bool:
    return request.path.startswith("/api/") or "application/json" in request.headers.get("Accept", "")
