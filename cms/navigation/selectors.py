"""Menus and facts for every page, read once per public version and process."""

from __future__ import annotations

from typing import Any

from cms.navigation.models import MarketTerm, Menu, Operator
from cms.tree import url_of
from kernel import pagecache

_kept: dict[str, tuple[int, Any]] = {}
_OPERATOR = [
    "name",
    "address",
    "registration",
    "registration_issued",
    "representative",
    "phone",
    "email",
    "hours",
    "moit_registration",
    "dpo_contact",
    "bank_account_name",
]


def _once(key: str, read: Any) -> Any:
    """The value of `read()`, kept until something public changes."""
    now = pagecache.version()
    kept = _kept.get(key)
    if kept is None or kept[0] != now:
        kept = _kept[key] = (now, read())
    return kept[1]


def forget() -> None:
    """Read anew at the next page: a menu or a setting was saved in this process."""
    _kept.clear()


def menus(language: str) -> dict[str, Any]:
    """`{"main": [{url, text}], "footer": [{title, entries}]}` in one language."""
    return _once(f"menus:{language}", lambda: _menus(language))


def _menus(language: str) -> dict[str, Any]:
    main: list[dict[str, str]] = []
    footer: list[dict[str, Any]] = []
    rows = list(Menu.objects.prefetch_related("items"))
    for menu in rows:
        entries = []
        for item in menu.items.all():
            if item.page_id:
                url = url_of(item.page_id, language)
            else:
                url = f"/en{item.address}" if language == "en" else item.address
            if url:
                entries.append({"url": url, "text": (item.text_en if language == "en" else "") or item.text})
        title = (menu.title_en if language == "en" else "") or menu.title
        if menu.place == Menu.Place.MAIN:
            main += entries
        elif entries:
            footer.append({"title": title, "entries": entries})
    return {"main": main, "footer": footer}


def operator(language: str) -> dict[str, str]:
    """The operator's identity in one language; empty values where nobody filled them in."""
    return _once(f"operator:{language}", lambda: _operator(language))


def _operator(language: str) -> dict[str, str]:
    row = Operator.objects.filter(site__is_default_site=True).first()
    if row is None:
        return {}
    found = {name: getattr(row, name) for name in _OPERATOR}
    if language == "en":
        found["name"] = row.name_en or row.name
        found["hours"] = row.hours_en or row.hours
    found["is_sample"] = row.is_sample
    return found


def facts(language: str) -> dict[str, str]:
    """Values for `{{ operator.* }}` and `{{ settings.* }}` in the text of plain pages."""
    found = {f"operator.{key}": str(value or "") for key, value in operator(language).items() if key in _OPERATOR}
    for term in _once("terms", lambda: list(MarketTerm.objects.filter(terms__site__is_default_site=True))):
        value = (term.value_en if language == "en" else "") or term.value
        found[f"settings.{term.key.replace('-', '_')}"] = value
    return found
