"""The theme's own templates as fast moulds: rendered once with marks, then filled by replacing the marks.

A page of a list is the same frame around other results, and its filter panel the same line fifty times; filling
costs a hundredth of rendering. Nothing about the look stands here, so a brand may replace any template.
"""

import copy
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from typing import Any

from django.http import HttpRequest
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.safestring import SafeString

from kernel import pagecache
from kernel.middleware import SIGNED_IN_COOKIE

QUERY_MARK = "ocop-query-mark"
_frames: tuple[int, dict[tuple[str, ...], str]] = (0, {})
FRAMES_KEPT = 500


def mark(name: str) -> str:
    """Private-use letters pass through escaping and never come from outside: input is cleaned of them."""
    return f"\ue000{name}\ue001"


@lru_cache(maxsize=64)
def _choice_mould(language: str, selected: bool, disabled: bool, lang: str) -> tuple[str, ...]:
    names = ("name", "value", "text", "count")
    choice = {name: mark(name) for name in names[1:]} | {"selected": selected, "disabled": disabled, "lang": lang}
    html = get_template("components/facet-choice.html").render({"name": mark("name"), "choice": choice})
    for name in names:
        html = html.replace("%", "%%") if name == "name" else html
        html = html.replace(mark(name), f"%({name})s")
    return (html,)


def choices(language: str, name: str, rows: Iterable[Mapping[str, Any]]) -> SafeString:
    """The lines of one filter."""
    html = []
    for row in rows:
        (mould,) = _choice_mould(language, row["selected"], row["disabled"], row.get("lang", ""))
        filled = {
            "name": escape(name),
            "value": escape(row["value"]),
            "text": escape(row["text"]),
            "count": row["count"],
        }
        html.append(mould % filled)
    return SafeString("".join(html))


def framed(request: HttpRequest, template: str, parts: Mapping[str, str], *, language: str, query_string: str) -> str:
    """`template` with `parts` in their places. For anonymous visitors the frame is kept per path and version."""
    if SIGNED_IN_COOKIE in request.COOKIES:
        frame = _frame(request, template, parts)
    else:
        kept = _frames_of(pagecache.version())
        key = (template, request.get_host(), request.path, language, *parts)
        frame = kept.get(key) or ""
        if not frame:
            frame = _frame(request, template, parts)
            if len(kept) < FRAMES_KEPT:
                kept[key] = frame
    asked = f"?{escape(query_string)}" if query_string else ""
    frame = frame.replace(f"?{QUERY_MARK}", asked)
    for name, html in parts.items():
        frame = frame.replace(mark(name), html)
    return frame


def _frames_of(version: int) -> dict[tuple[str, ...], str]:
    global _frames
    if _frames[0] != version:
        _frames = (version, {})
    return _frames[1]


def _frame(request: HttpRequest, template: str, parts: Mapping[str, str]) -> str:
    twin = copy.copy(request)
    twin.META = {**request.META, "QUERY_STRING": QUERY_MARK}
    return render(twin, template, {name: SafeString(mark(name)) for name in parts}).content.decode()
