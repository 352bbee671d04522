"""Vietnamese translations: one file a topic in `locale/parts/`, merged and compiled without system gettext."""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

# A part of this name only fills gaps: where another part has the words, it is silent.
LATER = "later-"


class CatalogError(Exception):
    """A part gives a second, different translation for the same words."""


def merged_catalog(folder: Path) -> Catalog:
    """All parts as one catalogue. Raises CatalogError where two parts disagree."""
    merged = Catalog(locale="vi", domain="django", charset="utf-8", fuzzy=False)
    came_from: dict[tuple[object, str | None], tuple[object, str]] = {}
    parts = sorted(folder.glob("*.po"), key=lambda part: (part.name.startswith(LATER), part.name))
    for part in parts:
        with part.open("rb") as file:
            catalog = read_po(BytesIO(_with_header(file.read())), locale="vi")
        for message in catalog:
            if not message.id or not message.string:
                continue
            key = (message.id if isinstance(message.id, str) else tuple(message.id), message.context)
            known = came_from.get(key)
            if known and part.name.startswith(LATER):
                continue
            if known and known[0] != message.string:
                raise CatalogError(f"{key[0]!r} reads differently in {known[1]} and {part.name}")
            came_from[key] = (message.string, part.name)
            merged.add(message.id, message.string, context=message.context, flags=message.flags - {"fuzzy"})
    return merged


def _with_header(data: bytes) -> bytes:
    """Parts need no header of their own."""
    if b"Content-Type:" in data:
        return data
    return b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n' + data


def build(locale_dir: Path) -> int:
    """Write locale/vi/LC_MESSAGES/django.mo; returns the number of messages. Nothing is written if up to date."""
    target = locale_dir / "vi" / "LC_MESSAGES" / "django.mo"
    parts = [*(locale_dir / "parts").glob("*.po"), *(locale_dir / "js").glob("*.po")]
    if target.exists() and all(part.stat().st_mtime < target.stat().st_mtime for part in parts):
        return 0
    catalog = merged_catalog(locale_dir / "parts")
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        write_mo(file, catalog)
    with target.with_name("djangojs.mo").open("wb") as file:
        write_mo(file, merged_catalog(locale_dir / "js"))
    english = locale_dir / "en" / "LC_MESSAGES" / "django.mo"
    english.parent.mkdir(parents=True, exist_ok=True)
    with english.open("wb") as file:
        write_mo(file, _as_written(catalog))
    return len(catalog)


def _as_written(catalog: Catalog) -> Catalog:
    """Our English is the msgid itself. It has to be said again, or Oscar's own English wins ("Add to cart")."""
    english = Catalog(locale="en", domain="django", charset="utf-8", fuzzy=False)
    for message in catalog:
        if message.id:
            english.add(message.id, message.id, context=message.context, flags=message.flags)
    return english
