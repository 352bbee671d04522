"""`{% picture obj "(width >= 48rem) 25vw, 50vw" %}`: a picture with its sizes; its place is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kernel.pictures.addresses import picture_url, srcset

if TYPE_CHECKING:
    from kernel.pictures.models import Picture

register = template.Library()
CARD = "(width >= 64rem) 18rem, (width >= 48rem) 24vw, 46vw"


def _avif(obj: Picture, sizes: str) -> SafeString:
    """The lightest format, for cards and lines: it is not kept in the largest size."""
    offered = srcset(obj, "avif")
    return (
        format_html('<source type="image/avif" srcset="{}" sizes="{}">', offered, sizes) if offered else SafeString("")
    )


@register.simple_tag
def picture(
    obj: Picture | None,
    sizes: str = CARD,
    alt: str | None = None,
    eager: bool = False,
    width: int = 400,
    first: bool = False,
) -> SafeString:
    """The sizes of `obj`; without one, or before the first is made, the roof that says the photo is coming.

    `alt=""` where the name stands beside it; `eager` in the first view; `first` for the largest of a page.
    """
    if not obj or not obj.ready:
        return SafeString(render_to_string("components/picture.html"))
    fallback = next((w for w in sorted(obj.widths) if w >= width), max(obj.widths))
    loading = format_html(
        "{}{}",
        SafeString("" if eager or first else ' loading="lazy"'),
        SafeString(' fetchpriority="high"' if first else ""),
    )
    return format_html(
        '<picture class="picture">{}<source type="image/webp" srcset="{}" sizes="{}">'
        '<img class="tint tint--{}" src="{}" alt="{}" width="{}" height="{}"{} decoding="async"></picture>',
        _avif(obj, sizes) if width <= 400 else "",
        srcset(obj),
        sizes,
        obj.tint,
        picture_url(obj, fallback, "jpg"),
        obj.alt if alt is None else alt,
        fallback,
        obj.height_at(fallback),
        loading,
    )


@register.filter
def picture_at(obj: Picture | None, width: int) -> str:
    """The address of one size as JPEG, for feeds and cards of other sites; empty where there is none."""
    return picture_url(obj, int(width), "jpg") if obj and obj.ready else ""
