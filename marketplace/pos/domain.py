"""What was scanned, and sums of a drawer."""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from kernel.gs1 import gtin14, is_valid_gtin

_LINK = re.compile(r"/01/(\d{8,14})(?:/10/([^/]+))?(?:/21/([^/]+))?/?$")
_SHORT = re.compile(r"/t/([0-9A-Za-z-]{4,20})/?$")


@dataclass(frozen=True)
class Scan:
    """A GTIN (14 digits) with a lot, or a short code of ours."""

    gtin: str = ""
    lot: str = ""
    short: str = ""


def read_scan(text: str) -> Scan | None:
    """EAN, GS1 Digital Link of any host, or our own short address. None for anything else."""
    text = text.strip()
    if is_valid_gtin(text):
        return Scan(gtin=gtin14(text))
    path = unquote(urlsplit(text).path) if "/" in text else ""
    link = _LINK.search(path)
    if link and is_valid_gtin(link.group(1)):
        return Scan(gtin=gtin14(link.group(1)), lot=link.group(2) or "")
    short = _SHORT.search(path)
    return Scan(short=short.group(1)) if short else None


def expected_cash(float_cash: int, sales: int, returns: int) -> int:
    return float_cash + sales - returns
