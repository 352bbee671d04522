"""From a query string to a Query: whatever is sent, out comes a query and, if need be, plain words.

Written by hand rather than as a Django form: every list page runs it, and a form costs more than the search.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kernel.text import nfc
from search.domain import (
    CHOICE_FACETS,
    LAST_PAGE,
    NO_STARS,
    PARAMETERS,
    PRICE_LIMIT,
    RELEVANCE,
    SORTS,
    STARS,
    TEXT_LIMIT,
    VALUES_LIMIT,
    Query,
)

_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\ue000-\uf8ff]+")  # and private-use letters: our marks
_PRICE_NOISE = re.compile(r"[\s.,_₫đĐ\u00a0]+")
_DIGITS = re.compile(r"[0-9]{1,12}")
_YES = {"1", "on", "true", "yes"}
_NO = {"", "0", "off", "false", "no"}
_SORTS = {name: sort for sort, name in SORTS.items()}

Known = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Reading:
    query: Query
    errors: dict[str, Any]


def _text(raw: str, errors: dict[str, Any]) -> str:
    text = " ".join(_CONTROL.sub(" ", nfc(raw)).split())
    if len(text) > TEXT_LIMIT:
        errors["q"] = _("The words are too long: at most %(limit)s letters.") % {"limit": TEXT_LIMIT}
        return ""
    return text


def _choices(name: str, sent: list[str], known: Known, errors: dict[str, Any]) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(value for value in sent if value))
    if len(values) > VALUES_LIMIT:
        errors[name] = _("Too many choices at once: at most %(limit)s.") % {"limit": VALUES_LIMIT}
        values = values[:VALUES_LIMIT]
    allowed: Any = (*STARS, NO_STARS) if name == "stars" else known.get(name, ())
    good = tuple(value for value in values if value in allowed)
    if len(good) < len(values):
        errors[name] = _("One of the filters is not known here and was left out.")
    return good


def _price(name: str, raw: str, errors: dict[str, Any]) -> int | None:
    digits = _PRICE_NOISE.sub("", raw)
    if not digits:
        return None
    if not _DIGITS.fullmatch(digits) or int(digits) > PRICE_LIMIT:
        errors[name] = _("A price is a number of đồng, for example 50.000.")
        return None
    return int(digits)


def _page(raw: str, errors: dict[str, Any]) -> int:
    if not raw:
        return 1
    if not _DIGITS.fullmatch(raw) or int(raw) < 1:
        errors["page"] = _("There is no such page.")
        return 1
    if int(raw) > LAST_PAGE:
        errors["page"] = _("Pages go up to %(last)s. Narrow the list to see the rest.") % {"last": LAST_PAGE}
        return 1
    return int(raw)


def read_text(data: QueryDict) -> str:
    """The words alone, cut where they are too long: for headings and suggestions."""
    return _text(data.get(PARAMETERS["text"], "")[: TEXT_LIMIT * 4], {})


def read(data: QueryDict, known: Known) -> Reading:
    """Read every parameter we know; a wrong one is left out and said, under its name in the address."""
    errors: dict[str, Any] = {}
    text = _text(data.get(PARAMETERS["text"], ""), errors)
    chosen = {
        name: _choices(name, data.getlist(PARAMETERS[name]), known, errors)
        for name in CHOICE_FACETS
        if PARAMETERS[name] in data
    }
    low, high = (_price(name, data.get(PARAMETERS[name], ""), errors) for name in ("price_min", "price_max"))
    if low is not None and high is not None and low > high:
        errors["price_min"] = _("The lower price is above the upper one.")
        low = high = None
    flag = data.get(PARAMETERS["in_stock"], "").lower()
    if flag not in _YES | _NO:
        errors["in_stock"] = _("One of the filters is not known here and was left out.")
    sort = _sort(data.get(PARAMETERS["sort"], ""), text, errors)
    query = Query(
        text=text,
        price_min=low,
        price_max=high,
        in_stock=flag in _YES,
        sort=sort,
        page=_page(data.get(PARAMETERS["page"], ""), errors),
        **chosen,
    )
    return Reading(query, errors)


def _sort(raw: str, text: str, errors: dict[str, Any]) -> str:
    if not raw:
        return ""
    sort = _SORTS.get(raw, "")
    if not sort:
        errors["sort"] = _("This order is not known here.")
    return "" if sort == RELEVANCE and not text else sort
