"""Reading: hits from the engine (or its stand-in), cards ready to show, names of filter values."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

import structlog
from django.template.loader import get_template
from django.utils import translation
from django.utils.safestring import SafeString

from kernel import pagecache
from search import analysis
from search.cards import STARS_HERE
from search.domain import LAST_PAGE, PAGE_SIZE, Chip, Found, Interval, Query, stars_on
from search.engines import engine, stand_in
from search.engines.base import answer
from search.errors import EngineDown
from search.models import Card, Change, FacetValue
from search.plan import Condition, Plan, plan, scope_of

log = structlog.get_logger("ocop.search")


@dataclass(frozen=True, slots=True)
class Answer:
    found: Found
    degraded: bool = False

    @property
    def pages(self) -> int:
        return min(LAST_PAGE, max(1, -(-self.found.total // PAGE_SIZE)))


def carry_out(wanted: Plan) -> Answer:
    """Ask the engine; while it is down, the database answers, without forgiving typos."""
    try:
        return Answer(answer(engine(), wanted))
    except EngineDown as error:
        log.warning("search_engine_down", error=str(error)[:200])
        return Answer(answer(stand_in(), wanted), degraded=True)


def find(query: Query, *, scope: Condition, today: dt.date) -> Answer:
    return carry_out(plan(query, scope=scope, today=today))


def find_few(query: Query, *, kinds: tuple[str, ...], today: dt.date, limit: int) -> tuple[int, ...]:
    """The first few of other kinds for the same words, read strictly: a side dish must not guess."""
    wanted = plan(query, scope=scope_of(kinds=kinds), today=today, facets=False)
    return carry_out(replace(wanted, limit=limit, stages=wanted.stages[:2])).found.ids


def goods_by_maker(today: dt.date) -> dict[str, int]:
    """How many products each maker has here, by its slug."""
    wanted = plan(Query(), scope=scope_of(kinds=("product",)), today=today)
    wanted = replace(wanted, limit=0, term_facets=("producer",), star_facet={})
    return dict(carry_out(wanted).found.counts.get("producer", {}))


def ways_out(query: Query, *, scope: Condition, today: dt.date) -> list[tuple[Chip, int]]:
    """Which one filter to drop for something to show, and how much that would be."""
    ways = []
    chips = query.chips()
    for chip in chips if len(chips) <= 8 else []:
        wanted = replace(plan(chip.without, scope=scope, today=today, facets=False), limit=0)
        total = carry_out(wanted).found.total
        if total:
            ways.append((chip, total))
    return sorted(ways, key=lambda way: -way[1])


# Cards


@lru_cache(maxsize=64)
def _plaque(language: str, stars: int, look: str) -> str:
    with translation.override(language):
        return get_template("components/ocop-plaque.html").render({"stars": stars}).strip() if stars else ""


def plaque(language: str, stars: int) -> str:
    return _plaque(language, stars, "")


class Shown(NamedTuple):
    html: SafeString
    path: str


def cards_of(numbers: Iterable[int], *, language: str, today: dt.date, eager: int = 4) -> list[Shown]:
    """The cards of these documents, in this order, with the stars of the day: one query."""
    wanted = list(numbers)
    html = "html_en" if language == "en" else "html_vi"
    rows = {row[0]: row for row in Card.objects.filter(id__in=wanted).values_list("id", html, "spans", "path")}
    shown = []
    for number in wanted:
        if number not in rows:
            continue
        _, text, spans, path = rows[number]
        stars = stars_on([Interval(dt.date.fromisoformat(a), dt.date.fromisoformat(b), n) for a, b, n in spans], today)
        text = text.replace(STARS_HERE, plaque(language, stars))
        if len(shown) < eager:
            text = text.replace(' loading="lazy"', "", 1)
        shown.append(Shown(SafeString(text), f"/en{path}" if language == "en" else path))
    return shown


def lines_of(numbers: Iterable[int], *, language: str) -> list[dict[str, str]]:
    """Title, place and address of these documents, in this order: one query."""
    wanted = list(numbers)
    found = {
        card.id: card
        for card in Card.objects.filter(id__in=wanted).only("path", "title_vi", "title_en", "kind", "place", "producer")
    }
    lines = []
    for number in wanted:
        card = found.get(number)
        if card is None:
            continue
        english = language == "en" and card.title_en
        lines.append(
            {
                "kind": card.kind,
                "text": card.title_en if english else card.title_vi,
                "lang": "vi" if language == "en" and not english else "",
                "place": card.place,
                "producer": card.producer,
                "url": f"/en{card.path}" if language == "en" else card.path,
            }
        )
    return lines


# Names of filter values, read once per public version and process

Label = tuple[str, str, int]
_labels: tuple[int, dict[str, dict[str, Label]]] = (0, {})


def labels() -> dict[str, dict[str, Label]]:
    """facet -> value -> (Vietnamese, English, position)."""
    global _labels
    version = pagecache.version()
    if _labels[0] != version:
        found: dict[str, dict[str, Label]] = {}
        rows = FacetValue.objects.all()
        wanted = rows.values_list("facet", "value", "label_vi", "label_en", "position")
        for facet, value, vi, en, position in sorted(wanted, key=lambda row: (row[4], analysis.fold(row[2]), row[1])):
            found.setdefault(facet, {})[value] = (vi, en, position)
        _labels = (version, found)
    return _labels[1]


def forget_labels() -> None:
    global _labels
    _labels = (0, {})


def label(facet: str, value: str, language: str) -> str:
    vi, en, _ = labels().get(facet, {}).get(value, (value, "", 0))
    return en if language == "en" and en else vi


# Suggestions


def suggestions(text: str, *, today: dt.date, language: str, limit: int = 8) -> list[dict[str, Any]]:
    """Goods, makers and stories whose names go on like this."""
    if not text:
        return []
    scope = scope_of(kinds=("product", "combo", "producer", "story"))
    wanted = replace(plan(Query(text=text), scope=scope, today=today, facets=False, typing=True), limit=limit)
    return lines_of(carry_out(wanted).found.ids, language=language)


def engine_state() -> dict[str, Any]:
    """For the readiness page: which engine answers, and how many changes wait for it."""
    return {"ok": engine().ready(), "engine": engine().name, "waiting": Change.objects.count()}
