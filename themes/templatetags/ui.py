"""Presentation only: signs, money and numbers, addresses by language, page bundles, weave and map."""

from urllib.parse import quote

from django import template
from django.conf import settings
from django.forms.utils import flatatt
from django.http import QueryDict
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from themes import assets, brand, mail, tokens, woven

register = template.Library()

NBSP = "\N{NO-BREAK SPACE}"


@register.simple_tag
def icon(name: str, size: str = "", css: str = "") -> str:
    """{% icon "basket" %}, {% icon "basket" "big" %}: a sign from the sprite, silent to screen readers."""
    classes = " ".join(filter(None, ["icon", size and f"icon--{size}", css]))
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"/></svg>', classes, sprite(name))


@register.simple_tag
def sprite(name: str) -> str:
    """The address of one sign, for an <use> drawn by hand."""
    return f"{static(assets.bundle('icons.svg'))}#{name}"


@register.filter
def dong(value) -> str:
    """98000 -> "98.000 ₫", the same in every language."""
    if value is None or value == "":
        return ""
    try:
        amount = int(value)
    except (TypeError, ValueError):
        return ""
    return f"{amount:,}".replace(",", ".").replace("-", "−") + f"{NBSP}₫"


@register.filter
def number(value) -> str:
    """Whole numbers and decimals as the language writes them: 4,8 and 18.204 in Vietnamese."""
    if value is None or value == "":
        return ""
    text = f"{value:,}" if isinstance(value, int) else f"{float(value):,.1f}"
    return text if (get_language() or "vi").startswith("en") else text.translate(str.maketrans(",.", ".,"))


@register.filter
def day(value) -> str:
    """24/11/2026 in Vietnamese, 24 Nov 2026 in English."""
    if not value:
        return ""
    return date_format(value, "j M Y" if (get_language() or "vi").startswith("en") else "d/m/Y")


@register.filter
def weekday(value) -> str:
    """thứ Năm 26/11 · Thursday 26 Nov"""
    if not value:
        return ""
    if (get_language() or "vi").startswith("en"):
        return date_format(value, "l j M")
    names = ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"]
    return f"{names[value.weekday()]} {value.day}/{value.month}"


@register.filter
def times(value) -> range:
    """{% for star in 4|times %}"""
    return range(int(value or 0))


@register.filter
def at(mapping, key):
    """A value of a mapping by a key that is a variable."""
    try:
        return mapping[key]
    except (KeyError, IndexError, TypeError):
        return ""


@register.filter
def phone_link(value) -> str:
    """ "0905 123 456" -> "tel:0905123456" """
    return "tel:" + "".join(sign for sign in str(value or "") if sign.isdigit() or sign == "+")


# Addresses: Vietnamese at the root, English below /en/.
def in_language(path: str, language: str) -> str:
    bare = path[3:] or "/" if path == "/en" or path.startswith("/en/") else path
    return f"/en{bare}" if language == "en" else bare


@register.simple_tag
def path(address: str) -> str:
    """{% path "/san-pham/" %}: the address in the page's language."""
    return in_language(address, (get_language() or "vi")[:2])


@register.simple_tag(takes_context=True)
def path_for_language(context, language: str) -> str:
    """This very page in the other language."""
    request = context.get("request")
    return in_language(request.get_full_path() if request else "/", language)


@register.simple_tag(takes_context=True)
def address_for_language(context, language: str) -> str:
    """The same with scheme and host, for hreflang."""
    request = context.get("request")
    if not request:
        return ""
    address = in_language(request.path, language)
    site = getattr(settings, "SITE_URL", "").rstrip("/")
    return site + quote(address, safe="/:@!$&'()*+,;=~-._%") if site else request.build_absolute_uri(address)


@register.simple_tag(takes_context=True)
def query(context, **changes) -> str:
    """{% query trang=2 %}: the page's query string with some values replaced; None or "" removes."""
    request = context.get("request")
    values = request.GET.copy() if request else QueryDict(mutable=True)
    for key, value in changes.items():
        if value in (None, ""):
            values.pop(key, None)
        else:
            values[key] = value
    encoded = values.urlencode()
    return f"?{encoded}" if encoded else "?"


@register.simple_tag(takes_context=True)
def current(context, address: str) -> str:
    """aria-current for a menu entry whose address is this page or stands above it."""
    request = context.get("request")
    here = in_language(request.path, "vi") if request else ""
    inside = here == address or (address != "/" and here.startswith(address))
    return mark_safe(' aria-current="page"') if inside else ""


@register.simple_tag
def css_bundle(name: str) -> str:
    """The one style sheet of a kind of page."""
    return format_html('<link rel="stylesheet" href="{}">', static(assets.bundle(f"{name}.css")))


@register.simple_tag
def js_bundle() -> str:
    return format_html('<script type="module" src="{}"></script>', static(assets.bundle("main.js")))


@register.simple_tag
def brand_text(key: str) -> str:
    """A text or fact of the brand, also where no context processor runs (error pages, mail)."""
    return brand.words().get(key, "")


@register.simple_tag
def token_value(name: str, scheme: str = "light") -> str:
    return tokens.token(name, scheme)


@register.simple_tag
def mail_style() -> str:
    return mark_safe(mail.style())


@register.inclusion_tag("components/weave.html")
def weave(rows, label: str = "") -> dict:
    """{% weave rows "Hoa văn của lô A1" %}: rows of 0-3, as many as columns, drawn as one path a colour."""
    return {"paths": woven.weave_paths(rows), "size": len(rows), "label": label}


@register.inclusion_tag("components/map.html")
def woven_map(
    counts=None, here=None, links=None, label: str = "", zoom: bool | None = None, labels: str = "regions"
) -> dict:
    """The province as lozenges, or as outlines once an operator has loaded them.

    counts: {commune code: number of goods}; here: code or codes to mark; links: {code: address};
    labels: "regions" names the former districts, "here" only the marked communes.
    """
    marked = {str(here)} if isinstance(here, (str, int)) else {str(code) for code in here or ()}
    return woven.map_context(counts or {}, marked, links or {}, label, zoom, labels)


@register.filter
def attrs(values: dict) -> str:
    return flatatt(values)


# Forms: the label, the hint and the error of a field are tied to it.
@register.simple_tag
def control(bound, css: str = "", **extra) -> str:
    """A bound field's widget with our class and its aria wiring."""
    widget = bound.field.widget
    kind = getattr(widget, "input_type", "")
    attributes = dict(extra)
    if kind not in ("checkbox", "radio", "file", "hidden"):
        attributes["class"] = " ".join(filter(None, [widget.attrs.get("class", ""), "field__input", css]))
    identity = bound.id_for_label or bound.auto_id
    described = [f"{identity}-goi"] if bound.help_text else []
    if bound.errors:
        attributes["aria-invalid"] = "true"
        described.append(f"{identity}-loi")
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if bound.field.required and not bound.field.widget.use_required_attribute(bound.value()):
        attributes["aria-required"] = "true"
    return bound.as_widget(attrs={key.replace("_", "-"): value for key, value in attributes.items()})


@register.filter
def widget_kind(bound) -> str:
    return getattr(bound.field.widget, "input_type", bound.field.widget.__class__.__name__.lower())


@register.filter
def error_count(form) -> int:
    return sum(len(errors) for errors in form.errors.values())


@register.simple_tag
def srcset(sources) -> str:
    """[(address, width), ...] -> "a 200w, b 400w" """
    return format_html_join(", ", "{} {}w", sources or ())


@register.filter
def page_numbers(page) -> list[int]:
    """1 2 3 … 9: neighbours of the page and both ends; 0 stands for a gap."""
    wanted = sorted(
        {
            1,
            page.paginator.num_pages,
            *range(max(1, page.number - 1), min(page.paginator.num_pages, page.number + 1) + 1),
        }
    )
    shown: list[int] = []
    for value in wanted:
        if shown and value - shown[-1] == 2:
            shown.append(value - 1)
        elif shown and value - shown[-1] > 2:
            shown.append(0)
        shown.append(value)
    return shown


@register.simple_tag(takes_context=True)
def page_query(context, key: str, value: int) -> str:
    """The page's query string with another page number; the first page has none."""
    return query(context, **{key: value if value > 1 else ""})


@register.filter
def share_cells(parts) -> list[dict]:
    """Twenty lozenges in two rows of ten, filled part by part."""
    kinds = [part.get("kind", "") for part in parts for _ in range(int(part.get("cells", 0)))][:20]
    kinds += [""] * (20 - len(kinds))
    return [
        {"kind": kind, "d": f"M{12 + 24 * (i % 10)} {1 + 24 * (i // 10)}l11 11-11 11-11-11z"}
        for i, kind in enumerate(kinds)
    ]
