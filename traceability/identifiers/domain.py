"""GS1 keys as plain values: GTIN, lot, serial, Digital Link addresses and bracketed element strings.

Rules follow GS1's Syntax Dictionary and the Digital Link URI syntax, for the identifiers this shop uses.
Every refusal is an ``IdentifierError`` with a code, so that pages and machines can name the rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import parse_qsl, quote, unquote

from kernel.gs1 import check_digit

CSET82 = r"[!\"%&'()*+,\-./0-9:;<=>?A-Z_a-z]"
CANONICAL_STEM = "https://id.gs1.org"


class IdentifierError(ValueError):
    """A key, an address or an element string breaks a rule; ``code`` names which one."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(f"{code}: {params}" if params else code)
        self.code = code
        self.params = params


# ------------------------------------------------------------------ check digits and GTIN


def check_digit_holds(digits: str) -> bool:
    return len(digits) > 1 and check_digit(digits[:-1]) == int(digits[-1])


@dataclass(frozen=True, slots=True)
class Gtin:
    """A trade item number, kept as 14 digits."""

    value: str

    @classmethod
    def parse(cls, text: str) -> Gtin:
        """Read GTIN-8, -12, -13 or -14; spaces and dashes between digits are forgiven."""
        digits = re.sub(r"[\s-]", "", text)
        if not re.fullmatch(r"[0-9]+", digits):
            raise IdentifierError("gtin_not_digits", value=text)
        if len(digits) not in (8, 12, 13, 14):
            raise IdentifierError("gtin_length", length=len(digits))
        if not check_digit_holds(digits):
            raise IdentifierError("gtin_check_digit", expected=check_digit(digits[:-1]), found=int(digits[-1]))
        return cls(digits.zfill(14))

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class LotCode:
    """A batch number (AI 10): 1 to 20 characters of GS1's set 82, case kept."""

    value: str

    def __post_init__(self) -> None:
        _check_value("10", self.value)

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Serial:
    """A serial number (AI 21): 1 to 20 characters of GS1's set 82."""

    value: str

    def __post_init__(self) -> None:
        _check_value("21", self.value)

    def __str__(self) -> str:
        return self.value


# ------------------------------------------------------------------ application identifiers


@dataclass(frozen=True, slots=True)
class Ai:
    """One application identifier: its shape, its check, whom it needs and whom it shuns."""

    code: str
    title: str
    pattern: str
    checked: bool = False
    is_date: bool = False
    requires: tuple[tuple[str, ...], ...] = ()  # any one group; all members of that group
    excludes: tuple[str, ...] = ()
    qualifiers: tuple[tuple[str, ...], ...] = ()  # as a Digital Link key: allowed paths, in order
    predefined: bool = False  # fixed length by the table of GS1, so no FNC1 after it
    attribute: bool = False  # may stand in the query of a Digital Link


_ITEM = (("01",), ("02",), ("03",), ("8006",), ("8026",))


def _ais() -> dict[str, Ai]:
    x20, x30 = rf"{CSET82}{{1,20}}", rf"{CSET82}{{1,30}}"
    net = tuple(f"310{n}" for n in range(6))
    table = [
        Ai("00", "SSCC", r"\d{18}", checked=True, predefined=True, qualifiers=((),)),
        Ai(
            "01",
            "GTIN",
            r"\d{14}",
            checked=True,
            predefined=True,
            excludes=("255", "37"),
            qualifiers=(("22", "10", "21"), ("235",)),
        ),
        Ai("02", "CONTENT", r"\d{14}", checked=True, predefined=True, requires=(("37",),), attribute=True),
        Ai("10", "BATCH/LOT", x20, requires=_ITEM),
        Ai("21", "SERIAL", x20, requires=(("01",), ("03",), ("8006",)), excludes=("235",)),
        Ai("22", "CPV", x20, requires=(("01",),)),
        Ai("235", "TPX", rf"{CSET82}{{1,28}}", requires=(("01",),)),
        Ai("37", "COUNT", r"\d{1,8}", requires=(("00", "02"),), attribute=True),
        Ai("254", "GLN EXTENSION", x20, requires=(("414",),)),
        Ai("414", "LOC No.", r"\d{13}", checked=True, predefined=True, qualifiers=(("254",),)),
        Ai("417", "PARTY", r"\d{13}", checked=True, predefined=True, qualifiers=((),)),
        Ai("422", "ORIGIN", r"\d{3}", requires=_ITEM, attribute=True),
        Ai("423", "COUNTRY - INITIAL PROCESS", r"(\d{3}){1,5}", requires=_ITEM, attribute=True),
        Ai("7007", "HARVEST DATE", r"\d{6}(\d{6})?", is_date=True, requires=_ITEM, attribute=True),
        Ai("7030", "PROCESSOR # s", rf"\d{{3}}{CSET82}{{1,27}}", requires=_ITEM, attribute=True),
        Ai("8003", "GRAI", rf"\d{{14}}{CSET82}{{0,16}}", checked=True, qualifiers=((),)),
        Ai("8006", "ITIP", r"\d{18}", qualifiers=(("22", "10", "21"),)),
        Ai("99", "INTERNAL", rf"{CSET82}{{1,90}}", attribute=True),
        Ai("91", "INTERNAL", rf"{CSET82}{{1,90}}", attribute=True),
        Ai("400", "ORDER NUMBER", x30, attribute=True),
    ]
    for code, title in (("11", "PROD DATE"), ("13", "PACK DATE"), ("15", "BEST BEFORE"), ("17", "USE BY")):
        table.append(Ai(code, title, r"\d{6}", is_date=True, predefined=True, requires=_ITEM, attribute=True))
    for code in net:
        table.append(
            Ai(
                code,
                "NET WEIGHT (kg)",
                r"\d{6}",
                predefined=True,
                requires=(("01",), ("02",)),
                excludes=tuple(c for c in net if c != code),
                attribute=True,
            )
        )
    return {ai.code: ai for ai in table}


AIS = _ais()
PRIMARY_KEYS = frozenset(code for code, ai in AIS.items() if ai.qualifiers)


def _check_value(code: str, value: str) -> None:
    """One value against its identifier's shape, check digit and date."""
    ai = AIS.get(code)
    if ai is None:
        raise IdentifierError("ai_unknown", ai=code)
    if not value:
        raise IdentifierError("empty_value", ai=code)
    if not re.fullmatch(ai.pattern, value):
        raise IdentifierError("value_shape", ai=code, title=ai.title, value=value)
    if ai.checked:
        key = value[:14] if code == "8003" else value
        if not check_digit_holds(key):
            name = "gtin_check_digit" if code in ("01", "02") else "key_check_digit"
            raise IdentifierError(name, ai=code, expected=check_digit(key[:-1]), found=int(key[-1]))
    if ai.is_date:
        for start in range(0, len(value), 6):
            gs1_date(value[start : start + 6])


def gs1_date(text: str, *, today: date | None = None) -> date:
    """Read YYMMDD: the year lies within 49 years back and 50 ahead; day 00 is the month's last."""
    this_year = (today or date(2026, 1, 1)).year
    yy, month, day = int(text[:2]), int(text[2:4]), int(text[4:6])
    gap = yy - this_year % 100
    century = this_year - this_year % 100 + (-100 if gap >= 51 else 100 if gap <= -50 else 0)
    try:
        if day:
            return date(century + yy, month, day)
        first_of_next = date(century + yy + month // 12, month % 12 + 1, 1)
        return first_of_next - timedelta(days=1)
    except ValueError:
        raise IdentifierError("date_impossible", value=text) from None


def check_together(pairs: list[tuple[str, str]]) -> None:
    """Refuse identifiers that may not stand together, miss a companion, or repeat with another value."""
    values: dict[str, str] = {}
    for code, value in pairs:
        _check_value(code, value)
        if values.setdefault(code, value) != value:
            raise IdentifierError("ai_repeated", ai=code)
    for code in values:
        ai = AIS[code]
        for other in ai.excludes:
            if other in values:
                raise IdentifierError("ai_excluded", ai=code, other=other)
        if ai.requires and not any(all(m in values for m in group) for group in ai.requires):
            raise IdentifierError("ai_required", ai=code, one_of=["+".join(g) for g in ai.requires])


def parse_brackets(text: str) -> list[tuple[str, str]]:
    """Read a bracketed element string, ``(01)09521234000013(10)DM-2610-07``; ``\\(`` is a plain bracket."""
    pairs = []
    pos = 0
    pattern = re.compile(r"\((\d{2,4})\)((?:\\\(|[^(])*)")
    while pos < len(text):
        match = pattern.match(text, pos)
        if match is None:
            raise IdentifierError("brackets", at=pos)
        pairs.append((match[1], match[2].replace("\\(", "(")))
        pos = match.end()
    check_together(pairs)
    return pairs


def build_brackets(pairs: list[tuple[str, str]]) -> str:
    check_together(pairs)
    return "".join(f"({code}){value.replace('(', chr(92) + '(')}" for code, value in pairs)


# ------------------------------------------------------------------ Digital Link


@dataclass(frozen=True, slots=True)
class DigitalLink:
    """A parsed Digital Link: the key, its qualifiers in order, attributes, and what else the query held."""

    key: tuple[str, str]
    qualifiers: tuple[tuple[str, str], ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    other: tuple[tuple[str, str], ...] = field(default=())

    @property
    def gtin(self) -> str:
        """The GTIN, or nothing where the key is of another kind."""
        return self.key[1] if self.key[0] == "01" else ""

    def _qualifier(self, code: str) -> str | None:
        return next((value for ai, value in self.qualifiers if ai == code), None)

    @property
    def lot(self) -> str | None:
        return self._qualifier("10")

    @property
    def serial(self) -> str | None:
        return self._qualifier("21")

    @property
    def path(self) -> str:
        pairs = (self.key, *self.qualifiers)
        return "".join(f"/{code}/{quote(value, safe='')}" for code, value in pairs)

    def uri(self, stem: str = CANONICAL_STEM) -> str:
        query = "&".join(f"{code}={quote(value, safe='')}" for code, value in self.attributes)
        return stem.rstrip("/") + self.path + (f"?{query}" if query else "")


def link_for(gtin: str, lot: str | None = None, serial: str | None = None) -> DigitalLink:
    """Build the link of an item, a lot or a single piece; the values are checked."""
    key = Gtin.parse(gtin).value
    qualifiers = tuple((c, v) for c, v in (("10", lot), ("21", serial)) if v)
    for code, value in qualifiers:
        _check_value(code, value)
    return DigitalLink(("01", key), qualifiers)


def parse_uri(uri: str) -> DigitalLink:
    """Read a whole Digital Link URI."""
    match = re.fullmatch(r"([A-Za-z]+)://([^/?#]+)([^?#]*)(?:\?([^#]*))?(?:#.*)?", uri)
    if match is None or match[1].lower() not in ("http", "https"):
        raise IdentifierError("not_a_web_address")
    if match[1] not in (match[1].lower(), match[1].upper()):
        raise IdentifierError("scheme_mixed_case", scheme=match[1])
    return parse_path(match[3], match[4] or "")


def parse_path(path: str, query: str = "", *, tolerant: bool = False) -> DigitalLink:
    """Read the path (percent-encoded) and query of a Digital Link.

    ``tolerant`` is what a resolver does for people: one trailing slash, and GTINs shorter than 14 digits.
    """
    if path.endswith("/"):
        if not tolerant:
            raise IdentifierError("trailing_slash")
        path = path[:-1]
    raw = path.split("/")[1:] if path.startswith("/") else path.split("/")
    start = next((i for i, s in enumerate(raw) if s in PRIMARY_KEYS and (len(raw) - i) % 2 == 0), None)
    if start is None:
        found = next((s for s in raw if s in PRIMARY_KEYS), None)
        raise IdentifierError("no_primary_key") if found is None else IdentifierError("value_missing", ai=found)
    pairs = [(raw[i], unquote(raw[i + 1])) for i in range(start, len(raw), 2)]
    return _assemble(pairs, query, tolerant=tolerant)


def parse_decoded_path(path: str, query: str = "") -> DigitalLink:
    """Read a path that a server has already decoded, where a slash may belong to a value (lot ``A/B``)."""
    try:
        return parse_path("/".join(quote(s, safe="") for s in path.split("/")), query, tolerant=True)
    except IdentifierError as plain_error:
        raw = path.strip("/").split("/")
        if len(raw) < 5 or raw[0] != "01":
            raise
        order = [c for c in ("22", "10", "21") if c in raw[2:]]
        pairs = [("01", raw[1])]
        pos = 2
        for code in order:
            if pos >= len(raw) or raw[pos] != code:
                raise plain_error from None
            ends = [raw.index(c, pos + 2) for c in order if order.index(c) > order.index(code) and c in raw[pos + 2 :]]
            end = min(ends, default=len(raw))
            pairs.append((code, "/".join(raw[pos + 1 : end])))
            pos = end
        if pos != len(raw):
            raise plain_error from None
        return _assemble(pairs, query, tolerant=True)


def _assemble(pairs: list[tuple[str, str]], query: str, *, tolerant: bool) -> DigitalLink:
    (key_code, key_value), rest = pairs[0], pairs[1:]
    if key_code == "01" and re.fullmatch(r"\d{8}|\d{12}|\d{13}", key_value):
        key_value = key_value.zfill(14) if tolerant else key_value
    if key_code == "01" and re.fullmatch(r"\d+", key_value) and len(key_value) != 14:
        raise IdentifierError("gtin_length", length=len(key_value))
    _check_value(key_code, key_value)
    qualifiers, attributes = [], []
    for code, value in rest:
        if code in PRIMARY_KEYS:  # the first key is the key, further ones describe it
            _check_value(code, value)
            attributes.append((code, value))
            continue
        if not re.fullmatch(r"\d{2,4}", code):
            raise IdentifierError("ai_unknown", ai=code)
        _check_value(code, value)
        qualifiers.append((code, value))
    _check_order(key_code, [code for code, _ in qualifiers])
    other = []
    for name, value in parse_qsl(query, keep_blank_values=True):
        if not name.isdigit():
            other.append((name, value))
            continue
        ai = AIS.get(name)
        if ai is None or not (ai.attribute or name in PRIMARY_KEYS):
            raise IdentifierError("query_key_unknown", ai=name)
        _check_value(name, value)
        attributes.append((name, value))
    seen: dict[str, str] = {}
    for code, value in attributes:
        if seen.setdefault(code, value) != value:
            raise IdentifierError("ai_repeated", ai=code)
    return DigitalLink((key_code, key_value), tuple(qualifiers), tuple(attributes), tuple(other))


def _check_order(key: str, codes: list[str]) -> None:
    for allowed in AIS[key].qualifiers:
        places = [allowed.index(c) if c in allowed else -1 for c in codes]
        if -1 not in places and places == sorted(set(places)):
            return
    stranger = next((c for c in codes if not any(c in path for path in AIS[key].qualifiers)), None)
    if stranger:
        raise IdentifierError("qualifier_unknown", ai=stranger, key=key)
    raise IdentifierError("qualifier_order", key=key, found=codes)


# ------------------------------------------------------------------ short codes

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def crockford(number: int, length: int) -> str:
    """``length`` characters of Crockford's base 32: no I, L, O or U, upper case so that the QR code is small."""
    out = []
    for _ in range(length):
        number, digit = divmod(number, 32)
        out.append(CROCKFORD[digit])
    return "".join(reversed(out))


def read_crockford(text: str) -> str:
    """What a person typed: case and the look-alikes I, L, O are forgiven."""
    return text.strip().upper().replace("-", "").replace("I", "1").replace("L", "1").replace("O", "0")
