"""Which first words of an address belong to the shop, so that no page can be put over them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern

_LITERAL = re.compile(r"[\w.-]+")


@lru_cache(maxsize=1)
def reserved_words() -> frozenset[str]:
    """First path segments that the URLconf, static files, media or a language prefix answer for."""
    words = {code for code, _ in settings.LANGUAGES}
    for address in (settings.STATIC_URL, settings.MEDIA_URL):
        words.add(urlsplit(address).path.strip("/").split("/")[0])
    words |= _first_words(get_resolver(settings.ROOT_URLCONF).url_patterns)
    return frozenset(word for word in words if word)


def _first_words(patterns: list[Any]) -> set[str]:
    words: set[str] = set()
    for pattern in patterns:
        if isinstance(pattern.pattern, LocalePrefixPattern):
            words |= _first_words(pattern.url_patterns)
            continue
        route = str(pattern.pattern).removeprefix("^")
        found = _LITERAL.match(route)
        if found:
            words.add(found.group())
        elif isinstance(pattern, URLResolver) and not route:
            words |= _first_words(pattern.url_patterns)
        elif isinstance(pattern, URLPattern) and not found:
            continue
    return words


def is_reserved(slug: str) -> bool:
    """Whether a page with this slug, right below the home page, would stand over an address of the shop."""
    return slug.lower() in reserved_words()
