"""What happens around every request: a request id for the log, the language, refusals as pages."""

import re
import uuid
from collections.abc import Callable
from http import HTTPStatus

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation

from kernel.errors import DomainError

log = structlog.get_logger("ocop.request")
GetResponse = Callable[[HttpRequest], HttpResponse]
SIGNED_IN_COOKIE = "ocop_in"
_ENGLISH = re.compile(r"^/en(/|$)")


class RequestContextMiddleware:
    """Gives each request an id for the log and marks signed-in browsers with a cookie that says only that.

    The cookie lets the page cache send signed-in people past the cache without reading their session.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=uuid.uuid4().hex[:12])
        response = self.get_response(request)
        self._mark(request, response)
        if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            route = request.resolver_match.route if request.resolver_match else ""
            log.error("server_error", method=request.method, route=route, status=response.status_code)
        return response

    @staticmethod
    def _mark(request: HttpRequest, response: HttpResponse) -> None:
        session = getattr(request, "session", None)
        if session is None or not session.accessed:
            return
        signed_in = "_auth_user_id" in session
        if signed_in and SIGNED_IN_COOKIE not in request.COOKIES:
            response.set_cookie(
                SIGNED_IN_COOKIE,
                "1",
                max_age=settings.SESSION_COOKIE_AGE,
                secure=settings.SESSION_COOKIE_SECURE,
                samesite="Lax",
                httponly=True,
            )
        elif not signed_in and SIGNED_IN_COOKIE in request.COOKIES:
            response.delete_cookie(SIGNED_IN_COOKIE, samesite="Lax")


class AdminPolicyMiddleware:
    """The admin prefixes get a content policy of their own (Wagtail and Oscar's dashboard use inline scripts)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(settings.ADMIN_PREFIXES):
            response.headers["Content-Security-Policy"] = settings.ADMIN_CONTENT_SECURITY_POLICY
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        return response


class LanguageMiddleware:
    """The address alone decides the language: /en/… is English, everything else Vietnamese.

    Neither cookie nor browser header is asked, so that a page is the same for everybody and can be cached.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = "en" if _ENGLISH.match(request.path_info) else "vi"
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            if hasattr(response, "render") and not getattr(response, "is_rendered", True):
                response = response.render()
        response.headers.setdefault("Content-Language", language)
        return response


class DomainErrorMiddleware:
    """Turns a refusal that no view caught into a page, or JSON where JSON was asked for."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, DomainError):
            return None
        if request.path.startswith("/api/") or "application/json" in request.headers.get("Accept", ""):
            body = {"code": error.code, "message": error.text}
            return JsonResponse(body, status=error.status)
        template = "404.html" if error.status == HTTPStatus.NOT_FOUND else "errors/refused.html"
        return render(request, template, {"error": error}, status=error.status)
