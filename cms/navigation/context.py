"""Menus and operator for every template; nothing is read before a template asks."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from cms.navigation import selectors


def navigation(request: HttpRequest) -> dict[str, Any]:
    language = (get_language() or "vi")[:2]
    return {
        "menu": SimpleLazyObject(lambda: selectors.menus(language)["main"]),
        "footer_menus": SimpleLazyObject(lambda: selectors.menus(language)["footer"]),
        "operator": SimpleLazyObject(lambda: selectors.operator(language)),
    }
