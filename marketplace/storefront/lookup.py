"""The look-up: what somebody typed or scanned, and what it means.

Codes are read first (a Digital Link of any host, an element string, a GTIN, a certificate or lot number), then names.
An address that was scanned is never followed: only the key in it counts, and the answer is a page of ours.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.certification import selectors as certification
from catalog.producers import selectors as producers
from catalog.products import selectors as products
from kernel import pagecache
from kernel.text import fold
from marketplace.storefront.domain import Hit
from marketplace.storefront.selectors import address, certificate_url, producer_url, product_url, words
from traceability.identifiers.domain import DigitalLink, Gtin, IdentifierError, link_for, parse_brackets, parse_path
from traceability.lots import selectors as lots

MOST = 24
# Names change rarely, the public version often: the directory is read anew at most so often.
DIRECTORY_SECONDS = 60.0
PART = 4
EXAMPLE = "9521234000013"


@dataclass
class Found:
    """All hits, best first, and what was wrong with the code where it was one."""

    hits: list[Hit] = field(default_factory=list)
    problem: str = ""

    @property
    def only(self) -> Hit | None:
        """The one thing that is meant."""
        return self.hits[0] if len(self.hits) == 1 else None


def look_up(text: str) -> Found:
    """What `text` can mean: first as a code, then as a number on record, then as words of a name."""
    if not text:
        return Found()
    try:
        coded = _as_code(text)
    except IdentifierError as error:
        return Found(problem=_problem(error))
    if coded is not None:
        return Found(hits=[coded])
    return Found(hits=(_numbers(text) or _names(text))[:MOST])


def _as_code(text: str) -> Hit | None:
    """The passport or product that a GS1 code names. Raises IdentifierError where the code breaks a rule."""
    compact = "".join(text.split())
    if "://" in compact or compact.startswith("/"):
        path = urlsplit(compact).path
        short = path.removeprefix("/en").split("/")
        if len(short) == 3 and short[1] == "t" and short[2].isalnum():
            return Hit("lot", short[2], "", f"/t/{short[2]}")
        return _passport(parse_path(path[path.index("/01/") :], tolerant=True)) if "/01/" in path else None
    if compact.startswith("("):
        pairs = dict(parse_brackets(compact))
        return _passport(link_for(pairs.get("01", ""), pairs.get("10"), pairs.get("21")))
    digits = compact.replace("-", "")
    if digits.isascii() and digits.isdigit() and len(digits) in (8, 12, 13, 14):
        return _gtin(Gtin.parse(digits).value)
    return None


def _passport(link: DigitalLink) -> Hit:
    return Hit("lot" if link.lot else "product", link.lot or link.gtin or "", "", address(link.path))


def _gtin(gtin: str) -> Hit:
    """The product's own page where the shop sells it, the passport page otherwise."""
    product = products.by_gtin(gtin)
    if product is None:
        return Hit("product", gtin, "", address(f"/01/{gtin}"))
    owner = product.parent or product
    return Hit("product", str(words(owner, "title")), gtin, product_url(owner.slug))


def _problem(error: IdentifierError) -> str:
    if error.code == "gtin_check_digit":
        return _("The last digit does not fit the others. Compare the number with the pack once more.")
    return _("Some characters are missing or extra. Example: %(example)s.") % {"example": EXAMPLE}


def _numbers(text: str) -> list[Hit]:
    """Certificates and lots whose number was typed, whatever its case and diacritics."""
    wanted = fold(text).replace(" ", "")
    numbers = [(fold(n).replace(" ", ""), n) for n, _product_id in certification.certificate_numbers()]
    hits = [certificate_hit(number) for folded, number in numbers if folded == wanted]
    if not hits and len(wanted) >= PART:
        hits = [certificate_hit(number) for folded, number in numbers if wanted in folded]
    if not hits:
        for lot in lots.lots_named(text.strip()):
            if lot.gtin:
                info = lots.info_of(lot)
                hits.append(Hit("lot", lot.code, _("Lot"), address(info.url)))
    return hits


def certificate_hit(number: str) -> Hit:
    return Hit("certificate", number, _("OCOP certificate"), certificate_url(number))


@dataclass(frozen=True)
class Listed:
    """A name in the directory; the address and the language are worked out only for what is found."""

    folded: str
    kind: str
    slug: str
    title: str
    title_en: str
    detail: str

    def hit(self) -> Hit:
        english = get_language() == "en"
        url = producer_url(self.slug) if self.kind == "producer" else product_url(self.slug, combo=self.kind == "combo")
        language = "vi" if english and not self.title_en else ""
        return Hit(self.kind, (english and self.title_en) or self.title, self.detail, url, language)


_directory: tuple[int, float, list[Listed]] = (0, -DIRECTORY_SECONDS, [])


def _names(text: str) -> list[Hit]:
    """Products, gift sets and producers whose name holds every word, without regard to diacritics."""
    global _directory
    version, read_at, _rows = _directory
    if version != pagecache.version() and time.monotonic() - read_at > DIRECTORY_SECONDS:
        _directory = (pagecache.version(), time.monotonic(), _read_directory())
    wanted = fold(text).split()
    found = [row for row in _directory[2] if all(word in row.folded for word in wanted)]
    exact = [row for row in found if fold(text) in (fold(row.title), fold(row.title_en))]
    return [row.hit() for row in (exact if len(exact) == 1 else found[:MOST])]


def _read_directory() -> list[Listed]:
    rows = []
    columns = (
        "slug",
        "title",
        "title_en",
        "registered_name",
        "combo__id",
        "producer__name",
        "producer__is_placeholder",
    )
    for slug, title, english, registered, combo, maker, nobody in products.pages().order_by("pk").values_list(*columns):
        detail = "" if nobody else maker or ""
        kind = "combo" if combo else "product"
        rows.append(Listed(fold(f"{title} {english} {registered}"), kind, slug, title, english, detail))
    makers = producers.pages().filter(is_placeholder=False).order_by("pk")
    for slug, name, english, place in makers.values_list("slug", "name", "name_en", "commune__name"):
        rows.append(Listed(fold(f"{name} {english}"), "producer", slug, name, english, place or ""))
    return rows
