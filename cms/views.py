"""The door to all pages: kept ready for anonymous visitors unless a page says it is for one reader only."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.views import serve as wagtail_serve

from cms import tree
from kernel.access import public
from kernel.pagecache import cached_page


def _serve(request: HttpRequest, path: str) -> HttpResponse:
    """A live page straight from the tree; everything else (closed pages, sub-addresses) the way of Wagtail."""
    page: Any = None if tree.tree().restricted else tree.page_at(request.path)
    if page is None:
        return wagtail_serve(request, path)
    return page.serve(request)


kept = cached_page(_serve)


@public
def serve(request: HttpRequest, path: str) -> HttpResponse:
    response = kept(request, path)
    if getattr(response, "personal", False):
        response.cacheable_page = False  # type: ignore[attr-defined]
        response.headers["Cache-Control"] = "private, no-store"
    return response
