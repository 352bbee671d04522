"""Pictures from the local folder, for a machine without a web server in front. A size never changes under its name."""

from __future__ import annotations

import re

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from kernel.access import public

NAME = re.compile(r"[0-9]{1,5}\.(avif|webp|jpg)")
KEY = re.compile(r"[a-z0-9]{8,24}")
TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}


@public
@require_safe
def picture_file(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """One size of one picture, to be kept by the browser for a year."""
    known = NAME.fullmatch(name)
    if known is None or KEY.fullmatch(key) is None:
        raise Http404
    try:
        with default_storage.open(f"pictures/{key}/{name}", "rb") as file:
            response = HttpResponse(file.read(), content_type=TYPES[known[1]])
    except FileNotFoundError:
        raise Http404 from None
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
