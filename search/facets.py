"""The filter panel and the chips, ready for the theme's components."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernel.money import format_dong
from search import moulds
from search.domain import NO_STARS, PARAMETERS, STARS, Chip, Found, Query
from search.selectors import Label, label, labels

# Filters with long lists show the fullest values first, and the rest on their own page or not at all.
SHOWN = {"producer": 12, "commune": 40, "district": 12, "set": 26, "group": 6}
OPEN = ("group", "stars", "commune")
ORDER = ("group", "set", "stars", "commune", "district", "producer")


def titles() -> dict[str, str]:
    return {
        "group": _("Group"),
        "set": _("Product set"),
        "stars": _("Valid OCOP stars"),
        "producer": _("Maker"),
        "district": _("Former district"),
        "commune": _("Commune or ward"),
        "price": _("Price"),
        "in_stock": _("In stock"),
    }


def stars_text(value: str) -> str:
    if value == NO_STARS:
        return _("Not rated")
    return ngettext("%(n)s star", "%(n)s stars", int(value)) % {"n": value}


def value_text(facet: str, value: str, language: str) -> str:
    return stars_text(value) if facet == "stars" else label(facet, value, language)


def price_text(query: Query) -> str:
    low, high = query.price_min, query.price_max
    if low is not None and high is not None:
        return f"{low:,}".replace(",", ".") + "–" + format_dong(high)
    if low is not None:
        return _("from %(price)s") % {"price": format_dong(low)}
    return _("up to %(price)s") % {"price": format_dong(high or 0)}


def chip_text(chip: Chip, query: Query, language: str) -> str:
    if chip.facet == "price":
        return price_text(query)
    if chip.facet == "in_stock":
        return _("In stock")
    return value_text(chip.facet, chip.value, language)


def _choice(facet: str, value: str, text: str, count: int, chosen: tuple[str, ...]) -> dict[str, Any]:
    selected = value in chosen
    return {
        "value": value,
        "text": text,
        "count": count,
        "selected": selected,
        "disabled": not count and not selected,
    }


def _choices(facet: str, query: Query, counts: Mapping[str, int], language: str) -> list[dict[str, Any]]:
    chosen = getattr(query, facet)
    if facet == "stars":
        return [_choice(facet, v, stars_text(v), counts.get(v, 0), chosen) for v in (*STARS, NO_STARS)]
    known: dict[str, Label] = labels().get(facet, {})
    at = {value: place for place, value in enumerate(known)}
    wanted = [value for value in known if counts.get(value) or value in chosen]
    if len(wanted) > SHOWN[facet]:
        wanted.sort(key=lambda value: (value not in chosen, -counts.get(value, 0), at[value]))
        wanted = sorted(wanted[: SHOWN[facet]], key=lambda value: (-counts.get(value, 0), at[value]))
    return [_choice(facet, v, label(facet, v, language), counts.get(v, 0), chosen) for v in wanted]


def panel(query: Query, found: Found, *, language: str, without: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """The groups of the filter panel; `without` names what the address of the page fixes already."""
    words = titles()
    groups: list[dict[str, Any]] = []
    for facet in ORDER:
        if facet in without:
            continue
        choices = _choices(facet, query, found.counts.get(facet, {}), language)
        if not choices:
            continue
        opened = facet in OPEN or bool(getattr(query, facet))
        group = {"name": PARAMETERS[facet], "title": words[facet], "open": opened}
        group["choices_html"] = moulds.choices(language, group["name"], choices)
        if facet == "producer" and len(labels().get(facet, {})) > SHOWN[facet]:
            group["more_url"] = "/en/nha-san-xuat/" if language == "en" else "/nha-san-xuat/"
            group["more_text"] = _("All makers")
        groups.append(group)
    in_stock = _choice(
        "in_stock", "1", _("In stock"), found.counts.get("in_stock", {}).get("1", 0), ("1",) * query.in_stock
    )
    price = {
        "name": "gia",
        "title": words["price"],
        "kind": "range",
        "open": True,
        "low": "" if query.price_min is None else query.price_min,
        "high": "" if query.price_max is None else query.price_max,
    }
    other = {"name": PARAMETERS["in_stock"], "title": _("Other"), "open": query.in_stock}
    other["choices_html"] = moulds.choices(language, PARAMETERS["in_stock"], [in_stock])
    return [*groups[:3], price, *groups[3:], other]
