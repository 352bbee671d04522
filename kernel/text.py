"""Vietnamese text: one normal form, folding, slugs."""

import re
import unicodedata

_DASHES = re.compile(r"[^a-z0-9]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def nfc(value: str) -> str:
    """`value` in NFC without control characters; Apple keyboards and files send NFD."""
    return unicodedata.normalize("NFC", _CONTROL.sub("", value))


def fold(value: str) -> str:
    """Lower case without diacritics, đ as d: "Cà phê Đắk Hà" -> "ca phe dak ha"."""
    lowered = value.lower().replace("đ", "d").replace("Đ", "d")
    decomposed = unicodedata.normalize("NFD", lowered)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


def slugify_vi(value: str, allow_unicode: bool = False, **_: object) -> str:
    """A slug without diacritics and with đ -> d (OSCAR_SLUG_FUNCTION): "Đăk Hà" -> "dak-ha"."""
    return _DASHES.sub("-", fold(nfc(str(value)))).strip("-")
