"""Addresses that belong to the look itself: manifest, service worker, offline page, gallery; and the error pages."""

import secrets

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from themes import assets, brand, gallery, tokens

ICONS = [
    ("img/app-192.png", "192x192", "any"),
    ("img/app-512.png", "512x512", "any"),
    ("img/app-mask-512.png", "512x512", "maskable"),
]


@require_safe
@cache_control(max_age=3600, public=True)
def manifest(request: HttpRequest) -> HttpResponse:
    words = brand.words()
    start = "/en/" if (get_language() or "vi").startswith("en") else "/"
    shortcuts = [
        {"name": words["shortcut_scan"], "url": f"{start}tra-cuu/"},
        {"name": words["shortcut_basket"], "url": f"{start}gio-hang/"},
    ]
    body = {
        "id": start,
        "name": words["shop_name"],
        "short_name": words["short_name"],
        "description": words["description"],
        "lang": get_language() or "vi",
        "start_url": start,
        "scope": "/",
        "display": "standalone",
        "background_color": tokens.token("color-ground"),
        "theme_color": tokens.token("color-cloth"),
        "icons": [{"src": static(src), "sizes": size, "type": "image/png", "purpose": use} for src, size, use in ICONS],
        "shortcuts": shortcuts,
    }
    return JsonResponse(body, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


@require_safe
@cache_control(max_age=0, no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """Served from the root so that it may look after the whole site. Its version is the hash of what it keeps."""
    kept = [static(assets.bundle(name)) for name in ("error.css", "page.css", "passport.css", "main.js", "icons.svg")]
    kept += [static(f"fonts/{face}.woff2") for face in ("piazzolla-600", "be-vietnam-pro-400", "be-vietnam-pro-600")]
    body = render_to_string("themes/sw.js", {"kept": kept, "version": assets.version()})
    response = HttpResponse(body, content_type="text/javascript; charset=utf-8")
    response["Service-Worker-Allowed"] = "/"
    return response


@require_safe
@cache_control(max_age=0, no_cache=True)
def offline(request: HttpRequest) -> HttpResponse:
    return render(request, "errors/offline.html")


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    if not settings.DEBUG and not getattr(settings, "THEME_GALLERY", False):
        raise Http404
    return render(request, "themes/gallery.html", {"components": gallery.samples(request)})


def error_page(request: HttpRequest, status: int, **context) -> HttpResponse:
    """One of the house's error pages, by its status."""
    return render(request, f"errors/{status}.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Nothing here may touch the database, the session or a context processor: they may be what broke."""
    code = getattr(request, "request_id", "") or secrets.token_hex(4).upper()
    return HttpResponse(render_to_string("errors/500.html", {"code": code}), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "errors/csrf.html", status=403)
