"""The door to all pages: kept ready for anonymous visitors unless a page says it is for one reader only."""

from django.http import HttpRequest, HttpResponse
from wagtail.views import serve as wagtail_serve

from kernel.pagecache import cached_page

kept = cached_page(wagtail_serve)


def serve(request: HttpRequest, path: str) -> HttpResponse:
    response = kept(request, path)
    if getattr(response, "personal", False):
        response.cacheable_page = False  # type: ignore[attr-defined]
        response.headers["Cache-Control"] = "private, no-store"
    return response
