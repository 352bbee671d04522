"""From a query to a plan that every engine can carry out: conditions, order, facets.

Relevance is not a score of the engine but a ladder of ours (title equals the words, holds the phrase, …)
and within a rung a number that is unique per document. So every engine gives the same hits in the same order.
"""

import datetime as dt
from dataclasses import dataclass, field

from search import analysis
from search.domain import CHOICE_FACETS, GOODS, NO_STARS, PAGE_SIZE, RELEVANCE, STARS, WORD_LIMIT, Query


@dataclass(frozen=True, slots=True)
class Everything:
    pass


@dataclass(frozen=True, slots=True)
class AnyOf:
    """The field holds one of these terms."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prefix:
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Near:
    """A term at most one slip away: a letter more, less, other, or two changed over."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Phrase:
    field: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Between:
    field: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: "Condition"


@dataclass(frozen=True, slots=True)
class AtLeast:
    number: int
    parts: tuple["Condition", ...]


Condition = Everything | AnyOf | Prefix | Near | Phrase | Between | And | Or | Not | AtLeast


@dataclass(frozen=True, slots=True)
class Stage:
    """One reading of the words. The next stage is asked only if this one finds nothing at all."""

    name: str
    match: Condition
    ladder: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    scope: Condition
    stages: tuple[Stage, ...]
    filters: dict[str, Condition] = field(default_factory=dict)
    ladder: tuple[Condition, ...] | None = None  # None: the ladder of the stage
    order: str = "rank"
    descending: bool = True
    term_facets: tuple[str, ...] = ()
    star_facet: dict[str, Condition] = field(default_factory=dict)
    offset: int = 0
    limit: int = PAGE_SIZE

    def rungs(self, stage: Stage) -> tuple[Condition, ...]:
        return stage.ladder if self.ladder is None else self.ladder

    def filters_but(self, facet: str) -> tuple[Condition, ...]:
        return tuple(condition for name, condition in self.filters.items() if name != facet)


EVERYTHING = Stage("exact", Everything())
TERM_FIELDS = {
    "group": "group",
    "set": "set",
    "producer": "producer",
    "district": "district",
    "commune": "commune",
    "in_stock": "stock",
}


def stars_condition(value: str, day: dt.date) -> Condition:
    if value == NO_STARS:
        return Not(AnyOf("stars_on", tuple(term for star in STARS for term in _star_terms(star, day))))
    return AnyOf("stars_on", _star_terms(value, day))


def _star_terms(star: str, day: dt.date) -> tuple[str, str]:
    return f"{star}:{day:%Y-%m}", f"{star}:{day:%Y-%m-%d}"


def _word(word: str) -> Condition:
    return Or((AnyOf("text", (word,)), AnyOf("glued", (word,))))


def _begun(word: str) -> Condition:
    return Or((Prefix("text", word), Prefix("glued", word)))


def _slip(word: str, prefix: bool) -> Condition:
    parts: tuple[Condition, ...] = (AnyOf("text", (word,)), AnyOf("glued", (word,)))
    if len(word) > 3:
        parts += (Near("text", word), Near("glued", word))
    if prefix:
        parts += (Prefix("text", word),)
    return Or(parts)


def _all(parts: list[Condition]) -> Condition:
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def _exact_rungs(words: tuple[str, ...]) -> tuple[Condition, ...]:
    rungs: list[Condition] = [AnyOf("title_whole", (" ".join(words),))]
    if len(words) > 1:
        rungs.append(Phrase("title", words))
    rungs.append(_all([AnyOf("title", (word,)) for word in words]))
    if len(words) > 1:
        rungs.append(Phrase("text", words))
    rungs.append(_all([_word(word) for word in words]))
    return tuple(rungs)


def _prefix_rungs(words: tuple[str, ...]) -> tuple[Condition, ...]:
    head, last = words[:-1], words[-1]
    return (
        _all([*(AnyOf("title", (word,)) for word in head), Prefix("title", last)]),
        _all([*(_word(word) for word in head), _begun(last)]),
    )


def stages(text: str, *, typing: bool = False) -> tuple[Stage, ...]:
    """The readings of a text, strictest first. While somebody is typing, the last word may always go on."""
    words = analysis.words(text)[:WORD_LIMIT]
    if not words:
        return (EVERYTHING,)
    exact = _exact_rungs(words)
    prefix = exact + _prefix_rungs(words)
    found: list[Stage] = []
    if not typing and len(words[-1]) > 1:
        found.append(Stage("exact", exact[-1], exact))
    found.append(Stage("exact" if typing else "prefix", prefix[-1], prefix))
    found.append(Stage("more", _all([Or((_word(word), AnyOf("more", (word,)))) for word in words])))
    slips = [_slip(word, prefix=at == len(words) - 1) for at, word in enumerate(words)]
    in_title = _all([Or((AnyOf("title", (w,)), *((Near("title", w),) if len(w) > 3 else ()))) for w in words])
    found.append(Stage("near", _all(slips), (in_title,)))
    if len(words) > 2:
        enough = max(2, -(-2 * len(words) // 3))
        found.append(Stage("partly", AtLeast(enough, tuple(slips)), (in_title,)))
    return tuple(found)


def _season(today: dt.date) -> tuple[Condition, ...]:
    return (AnyOf("months", (str(today.month),)), AnyOf("months", ("all",)))


def scope_of(*, kinds: tuple[str, ...] = GOODS, **fixed: str) -> Condition:
    parts: list[Condition] = [AnyOf("kind", kinds)]
    parts.extend(AnyOf(TERM_FIELDS[name], (value,)) for name, value in fixed.items() if value)
    return _all(parts)


def plan(
    query: Query,
    *,
    scope: Condition,
    today: dt.date,
    facets: bool = True,
    limit: int = PAGE_SIZE,
    typing: bool = False,
) -> Plan:
    filters: dict[str, Condition] = {}
    for name in CHOICE_FACETS:
        chosen = getattr(query, name)
        if not chosen:
            continue
        if name == "stars":
            filters[name] = Or(tuple(stars_condition(value, today) for value in chosen))
        else:
            filters[name] = AnyOf(TERM_FIELDS[name], chosen)
    if query.price_min is not None or query.price_max is not None:
        filters["price"] = Between("price", query.price_min, query.price_max)
    if query.in_stock:
        filters["in_stock"] = AnyOf("stock", ("1",))

    sort = query.sort or (RELEVANCE if query.text else "season")
    ladder: tuple[Condition, ...] | None = ()
    order, descending = "rank", True
    if sort == RELEVANCE:
        ladder = None
    elif sort == "season":
        ladder = _season(today)
    elif sort == "stars":
        ladder = tuple(stars_condition(star, today) for star in STARS)
    elif sort == "new":
        order = "by_new"
    elif sort == "price_up":
        order, descending = "by_price_up", False
    elif sort == "price_down":
        order = "by_price_down"
    return Plan(
        scope=scope,
        stages=stages(query.text, typing=typing),
        filters=filters,
        ladder=ladder,
        order=order,
        descending=descending,
        term_facets=tuple(TERM_FIELDS) if facets else (),
        star_facet={star: stars_condition(star, today) for star in (*STARS, NO_STARS)} if facets else {},
        offset=(query.page - 1) * limit,
        limit=limit,
    )
