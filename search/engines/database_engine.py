"""The stand-in: the same conditions over the card table, for when the engine is silent. No typos forgiven."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import reduce
from operator import and_, or_

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from search.domain import Found
from search.engines.base import Documents
from search.models import Card
from search.plan import (
    TERM_FIELDS,
    And,
    AnyOf,
    AtLeast,
    Between,
    Condition,
    Everything,
    Near,
    Not,
    Or,
    Phrase,
    Plan,
    Prefix,
    Stage,
)

PADDED = {"title", "text", "glued", "more", "months", "stars_on"}
ALL, NONE = Q(), Q(pk__in=[])


def native(condition: Condition) -> Q:
    match condition:
        case Everything() | AtLeast():  # The freest readings are not asked for here.
            return ALL
        case AnyOf("title_whole", (value,)):
            return Q(title__startswith=f" {value} |") | Q(title=f" {value} ") | Q(title__endswith=f"| {value} ")
        case AnyOf(field, values) if field in PADDED:
            return reduce(or_, (Q(**{f"{field}__contains": f" {value} "}) for value in values))
        case AnyOf(field, values):
            return Q(**{f"{field}__in": values})
        case Prefix(field, value):
            return Q(**{f"{field}__contains": f" {value}"})
        case Near(field, value):
            return Q(**{f"{field}__contains": f" {value} "})
        case Phrase(field, words):
            return Q(**{f"{field}__contains": f" {' '.join(words)} "})
        case Between(field, low, high):
            limits = {f"{field}__gte": low, f"{field}__lte": high}
            return Q(**{name: value for name, value in limits.items() if value is not None})
        case And(parts):
            return reduce(and_, (native(part) for part in parts), ALL)
        case Or(parts):
            return reduce(or_, (native(part) for part in parts), NONE)
        case Not(part):
            return ~native(part)
    raise TypeError(condition)


def _where(*conditions: Condition) -> QuerySet[Card]:
    return Card.objects.filter(*(native(condition) for condition in conditions))


class DatabaseEngine:
    name = "database"
    deadline = 30.0

    def ready(self) -> bool:
        return True

    def attempt(self, plan: Plan, stage: Stage) -> Found:
        if stage.name == "partly":
            return Found(stage=stage.name)
        base = (plan.scope, stage.match)
        cards = _where(*base, *plan.filters.values())
        total = cards.count()
        if not total and not (plan.filters and _where(*base).exists()):
            return Found(stage=stage.name)
        rungs = plan.rungs(stage)
        order = [("-" if plan.descending else "") + plan.order]
        if rungs:
            steps = [When(native(rung), then=Value(at)) for at, rung in enumerate(rungs)]
            cards = cards.annotate(rung=Case(*steps, default=Value(len(rungs)), output_field=IntegerField()))
            order.insert(0, "rung")
        ids = cards.order_by(*order).values_list("id", flat=True)[plan.offset : plan.offset + plan.limit]
        return Found(tuple(ids), total, self._counts(plan, base), stage.name, True)

    def _counts(self, plan: Plan, base: tuple[Condition, ...]) -> dict[str, dict[str, int]]:
        counts: dict[str, dict[str, int]] = {}
        for name in plan.term_facets:
            field = TERM_FIELDS[name]
            rows = _where(*base, *plan.filters_but(name)).exclude(**{field: ""}).values(field)
            counts[name] = dict(rows.annotate(n=Count("id")).order_by().values_list(field, "n"))
        if plan.star_facet:
            cards = _where(*base, *plan.filters_but("stars"))
            asked = {f"n{star}": Count("id", filter=native(each)) for star, each in plan.star_facet.items()}
            found = cards.aggregate(**asked)
            counts["stars"] = {star: found[f"n{star}"] for star in plan.star_facet}
        return counts

    # There is nothing to write: the cards are the index.

    @contextmanager
    def writing(self) -> Iterator[None]:
        yield

    def rebuild(self, documents: Documents) -> int:
        return sum(1 for _ in documents)

    def update(self, documents: Documents, gone: Iterable[int]) -> None:
        pass
