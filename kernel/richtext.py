"""Longer texts that may carry a little markup: cleaned on the way in and again on the way out."""

from __future__ import annotations

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

TAGS = {"p", "br", "strong", "b", "em", "i", "ul", "ol", "li", "h3", "h4", "blockquote", "a"}
ATTRIBUTES = {"a": {"href"}}
SCHEMES = {"http", "https", "mailto", "tel"}


def clean(html: str) -> str:
    """`html` with the few tags that are allowed; scripts, styles and handlers are gone with their contents."""
    if "<" not in html and "&" not in html:
        return html
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="nofollow noopener")


def prose(text: str) -> SafeString:
    """Paragraphs out of a text: marked-up ones are cleaned, plain ones escaped and split at empty lines."""
    if "</" in text or "<br" in text:
        return mark_safe(clean(text))
    parts = [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
    return mark_safe("".join(f"<p>{escape(part)}</p>".replace("\n", "<br>") for part in parts))
