"""What can be asked and answered: one model for every engine. No framework, no clock."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

TEXT_LIMIT = 100
WORD_LIMIT = 12
VALUES_LIMIT = 20
PAGE_SIZE = 24
DEPTH_LIMIT = 10_000
LAST_PAGE = DEPTH_LIMIT // PAGE_SIZE
PRICE_LIMIT = 9_999_999_999

CHOICE_FACETS = ("group", "set", "stars", "producer", "district", "commune")
STARS = ("5", "4", "3")
NO_STARS = "0"
RELEVANCE = "relevance"

# How it all is called in an address.
PARAMETERS = {
    "text": "q",
    "group": "nhom",
    "set": "bo",
    "stars": "sao",
    "producer": "nha-san-xuat",
    "district": "huyen",
    "commune": "xa",
    "price_min": "gia-tu",
    "price_max": "gia-den",
    "in_stock": "con-hang",
    "sort": "sap-xep",
    "page": "trang",
}
SORTS = {
    "season": "hop-mua",
    "new": "moi",
    "price_up": "gia-tang",
    "price_down": "gia-giam",
    "stars": "nhieu-sao",
    RELEVANCE: "khop",
}

# A document's number is its object's number times eight plus its kind: known without a look-up.
KINDS = {"product": 1, "combo": 2, "producer": 3, "story": 4}
GOODS = ("product", "combo")


def document_id(kind: str, object_id: int) -> int:
    return object_id * 8 + KINDS[kind]


@dataclass(frozen=True, slots=True)
class Query:
    """One list or search as a visitor asked for it."""

    text: str = ""
    group: tuple[str, ...] = ()
    set: tuple[str, ...] = ()
    stars: tuple[str, ...] = ()
    producer: tuple[str, ...] = ()
    district: tuple[str, ...] = ()
    commune: tuple[str, ...] = ()
    price_min: int | None = None
    price_max: int | None = None
    in_stock: bool = False
    sort: str = ""
    page: int = 1

    def pairs(self) -> list[tuple[str, str]]:
        """The query string of this state, in one order, without what is the default."""
        pairs: list[tuple[str, str]] = []
        if self.text:
            pairs.append((PARAMETERS["text"], self.text))
        for name in CHOICE_FACETS:
            pairs.extend((PARAMETERS[name], value) for value in getattr(self, name))
        for name in ("price_min", "price_max"):
            if getattr(self, name) is not None:
                pairs.append((PARAMETERS[name], str(getattr(self, name))))
        if self.in_stock:
            pairs.append((PARAMETERS["in_stock"], "1"))
        if self.sort:
            pairs.append((PARAMETERS["sort"], SORTS[self.sort]))
        if self.page > 1:
            pairs.append((PARAMETERS["page"], str(self.page)))
        return pairs

    def url(self) -> str:
        """ "?…" or, for the bare list, "?" alone, which drops the query string of the page it stands on."""
        return "?" + urlencode(self.pairs())

    def at_page(self, page: int) -> "Query":
        return replace(self, page=page)

    def bare(self) -> "Query":
        """The same words without any filter."""
        return Query(text=self.text, sort=self.sort)

    def chips(self) -> list["Chip"]:
        """What is chosen, one by one, each with the query that would be left without it."""
        chips = []
        for name in CHOICE_FACETS:
            chosen = getattr(self, name)
            for value in chosen:
                rest = tuple(other for other in chosen if other != value)
                chips.append(Chip(name, value, replace(self, **{name: rest, "page": 1})))
        if self.price_min is not None or self.price_max is not None:
            without = replace(self, price_min=None, price_max=None, page=1)
            chips.append(Chip("price", "", without))
        if self.in_stock:
            chips.append(Chip("in_stock", "1", replace(self, in_stock=False, page=1)))
        return chips


@dataclass(frozen=True, slots=True)
class Chip:
    facet: str
    value: str
    without: Query


@dataclass(frozen=True, slots=True)
class Interval:
    """Stars that hold from one day to another, both included."""

    start: dt.date
    end: dt.date
    stars: int


@dataclass(frozen=True, slots=True)
class Document:
    """One thing that can be found, as an engine stores it. Texts are analysed already."""

    id: int
    kind: str
    title: str
    text: str
    glued: str
    more: str
    group: str = ""
    set: str = ""
    producer: str = ""
    district: str = ""
    commune: str = ""
    stock: str = "1"
    price: int | None = None
    months: str = "all"
    stars_on: str = ""
    rank: int = 0
    by_new: int = 0
    by_price_up: int = 0
    by_price_down: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """An engine's answer."""

    ids: tuple[int, ...] = ()
    total: int = 0
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    stage: str = "exact"
    some: bool = False  # whether the words alone, before any filter, find anything


def stars_terms(intervals: Iterable[Interval], today: dt.date, years: int = 12) -> str:
    """The days on which stars hold, as terms: "4:2026-11" for a whole month, "4:2026-11-24" for a single day.

    So a query of one day needs two exact terms, and stars lapse at midnight in every engine without a write.
    Days before yesterday are left out: time does not go back.
    """
    horizon = dt.date(today.year + years, 12, 31)
    terms: dict[str, None] = {}
    for interval in intervals:
        day = max(interval.start, today - dt.timedelta(days=1))
        end = min(interval.end, horizon)
        while day <= end:
            next_month = dt.date(day.year + day.month // 12, day.month % 12 + 1, 1)
            if day.day == 1 and next_month - dt.timedelta(days=1) <= end:
                terms[f"{interval.stars}:{day:%Y-%m}"] = None
                day = next_month
            else:
                terms[f"{interval.stars}:{day:%Y-%m-%d}"] = None
                day += dt.timedelta(days=1)
    return " ".join(terms)


def stars_on(intervals: Iterable[Interval], day: dt.date) -> int:
    return max((each.stars for each in intervals if each.start <= day <= each.end), default=0)
