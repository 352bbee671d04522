"""Finished anonymous pages, kept compressed in process memory.

The key is host + path + the allowed query parameters, sorted (others never reach the view) + the local day (stars
lapse at midnight) + the public version, a number that `bump` raises when something public changes. A page that
sets a cookie is never kept. Signed-in people pass by; a basket cookie does not, since pages show nothing personal.
"""

import functools
import gzip
import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse, QueryDict

from kernel import clock
from kernel.middleware import SIGNED_IN_COOKIE
from kernel.models import PublicVersion

MAX_BYTES = 24 * 1024 * 1024
KEEP_SECONDS = 300
VERSION_SECONDS = 1.0
_version: tuple[float, int] = (0.0, 0)


def bump() -> None:
    """Say that something public changed; pages are made anew as soon as this transaction is committed."""
    transaction.on_commit(_raise_version)


def _raise_version() -> None:
    global _version
    if not PublicVersion.objects.filter(pk=1).update(number=F("number") + 1):
        PublicVersion.objects.get_or_create(pk=1, defaults={"number": 2})
    _version = (0.0, 0)


def version() -> int:
    """The public version, read from the database at most once a second in each process."""
    global _version
    read_at, number = _version
    if time.monotonic() - read_at > VERSION_SECONDS or not read_at:
        number = PublicVersion.objects.filter(pk=1).values_list("number", flat=True).first() or 1
        _version = (time.monotonic(), number)
    return number


@dataclass(frozen=True)
class Page:
    plain: bytes
    packed: bytes
    etag: str
    headers: tuple[tuple[str, str], ...]
    made_at: float

    @property
    def size(self) -> int:
        return len(self.plain) + len(self.packed)


class Store:
    """Least recently used pages up to MAX_BYTES."""

    def __init__(self) -> None:
        self.pages: OrderedDict[tuple[Any, ...], Page] = OrderedDict()
        self.bytes = 0
        self.lock = Lock()

    def get(self, key: tuple[Any, ...]) -> Page | None:
        with self.lock:
            page = self.pages.get(key)
            if page is None or time.monotonic() - page.made_at > KEEP_SECONDS:
                return None
            self.pages.move_to_end(key)
            return page

    def put(self, key: tuple[Any, ...], page: Page) -> None:
        with self.lock:
            old = self.pages.pop(key, None)
            self.bytes += page.size - (old.size if old else 0)
            self.pages[key] = page
            while self.bytes > MAX_BYTES and self.pages:
                self.bytes -= self.pages.popitem(last=False)[1].size

    def clear(self) -> None:
        with self.lock:
            self.pages.clear()
            self.bytes = 0


store = Store()


def cached_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a view as the same for every anonymous visitor. It sees only the allowed query parameters."""

    @functools.wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method in ("GET", "HEAD"):
            request.GET = _allowed(request.GET)  # type: ignore[assignment]
        response = view(request, *args, **kwargs)
        response.cacheable_page = True  # type: ignore[attr-defined]
        return response

    return run


class PageCacheMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.enabled = getattr(settings, "PAGE_CACHE", True)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self.enabled or request.method not in ("GET", "HEAD") or SIGNED_IN_COOKIE in request.COOKIES:
            return self.get_response(request)
        if _asks_resolver(request):
            return self.get_response(request)
        key = (
            request.META.get("HTTP_HOST", ""),
            request.path,
            _allowed(request.GET).urlencode() if request.GET else "",
            clock.today(),
            version(),
        )
        page = store.get(key)
        if page is None:
            response = self.get_response(request)
            if not _keepable(response):
                return response
            page = _page_from(response)
            store.put(key, page)
        return _answer(request, page)


def _asks_resolver(request: HttpRequest) -> bool:
    """A machine at a Digital Link: it wants JSON, or sends identifiers (numeric keys) that have to be checked."""
    return "linkset" in request.META.get("HTTP_ACCEPT", "") or any(name.isdigit() for name in request.GET)


def _allowed(query: QueryDict) -> QueryDict:
    pairs = sorted(
        (name, value)
        for name, values in query.lists()
        if name in settings.PAGE_CACHE_PARAMETERS
        for value in values
        if value
    )
    return QueryDict(urlencode(pairs))


def _keepable(response: HttpResponse) -> bool:
    return (
        getattr(response, "cacheable_page", False)
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "no-store" not in response.get("Cache-Control", "")
    )


def _page_from(response: HttpResponse) -> Page:
    body = response.content
    headers = {k: v for k, v in response.items() if k.lower() not in ("content-length", "vary", "etag", "x-page-cache")}
    headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    headers["Vary"] = "Accept-Encoding"
    etag = '"' + hashlib.blake2b(body, digest_size=12).hexdigest() + '"'
    return Page(body, gzip.compress(body, 6, mtime=0), etag, tuple(headers.items()), time.monotonic())


def _answer(request: HttpRequest, page: Page) -> HttpResponse:
    if page.etag in request.META.get("HTTP_IF_NONE_MATCH", ""):
        response = HttpResponse(status=304)
    else:
        zipped = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
        response = HttpResponse(page.packed if zipped else page.plain)
        if zipped:
            response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(response.content))
    for name, value in page.headers:
        response.headers[name] = value
    response.headers["ETag"] = page.etag
    return response
