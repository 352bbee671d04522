"""Elasticsearch 8: the same documents and conditions in its own words, with a deadline and a breaker."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from threading import Lock
from typing import Any

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch
from elasticsearch.dsl import Q, Search
from elasticsearch.helpers import BulkIndexError, bulk

from search.domain import Document, Found
from search.engines.base import Documents
from search.errors import EngineDown
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

FAILURES = (TransportError, ApiError, BulkIndexError, OSError)
_WORDS = {"type": "text", "analyzer": "whitespace", "norms": False}
_CODE = {"type": "keyword"}
MAPPINGS: dict[str, Any] = {
    "dynamic": "strict",
    "_source": {"enabled": False},
    "properties": {
        "id": {"type": "long"},
        **{name: _WORDS for name in ("title", "text", "glued", "more", "months", "stars_on")},
        **{name: _CODE for name in ("title_whole", "kind", *TERM_FIELDS.values())},
        **{name: {"type": "long"} for name in ("price", "rank", "by_new", "by_price_up", "by_price_down")},
    },
}
SETTINGS = {
    "number_of_shards": 1,
    "number_of_replicas": 0,
    "refresh_interval": "1s",
    "max_result_window": 10_100,
}


def native(condition: Condition) -> Any:
    match condition:
        case Everything():
            return Q("match_all")
        case AnyOf(field, values):
            return Q("terms", **{field: list(values)})
        case Prefix(field, value):
            return Q("prefix", **{field: {"value": value, "rewrite": "constant_score"}})
        case Near(field, value):
            options = {"value": value, "fuzziness": 1, "transpositions": True, "rewrite": "constant_score"}
            return Q("fuzzy", **{field: options})
        case Phrase(field, words):
            return Q("match_phrase", **{field: " ".join(words)})
        case Between(field, low, high):
            limits = {name: value for name, value in (("gte", low), ("lte", high)) if value is not None}
            return Q("range", **{field: limits})
        case And(parts):
            return Q("bool", filter=[native(part) for part in parts])
        case Or(parts):
            return Q("bool", should=[native(part) for part in parts], minimum_should_match=1)
        case Not(part):
            return Q("bool", must_not=[native(part)])
        case AtLeast(number, parts):
            return Q("bool", should=[native(part) for part in parts], minimum_should_match=number)
    raise TypeError(condition)


def _ladder(rungs: tuple[Condition, ...]) -> Any:
    """The highest rung a document stands on is its score: whole numbers, the same on every node."""
    steps = [
        Q("constant_score", filter=native(rung), boost=float(len(rungs) - at + 1)) for at, rung in enumerate(rungs)
    ]
    return Q("dis_max", queries=[*steps, Q("constant_score", filter=Q("match_all"), boost=1.0)], tie_breaker=0.0)


class ElasticEngine:
    name = "elasticsearch"

    def __init__(self, url: str, *, alias: str = "ocop", deadline: float = 1.0, rest: float = 10.0) -> None:
        self.alias = alias
        self.deadline = deadline
        self.rest = rest  # seconds without asking, after a failure
        self._client = Elasticsearch(url, request_timeout=deadline, max_retries=0, retry_on_timeout=False)
        self._open_until = 0.0
        self._lock = Lock()

    # Reading

    def _guarded(self) -> None:
        if time.monotonic() < self._open_until:
            raise EngineDown("resting after a failure")

    def _failed(self, error: Exception) -> EngineDown:
        with self._lock:
            self._open_until = time.monotonic() + self.rest
        return EngineDown(str(error))

    def ready(self) -> bool:
        try:
            return bool(self._client.indices.exists_alias(name=self.alias))
        except FAILURES:
            return False

    def attempt(self, plan: Plan, stage: Stage) -> Found:
        self._guarded()
        try:
            response = self._search(plan, stage).execute()
        except FAILURES as error:
            raise self._failed(error) from error
        if response.timed_out:
            raise self._failed(TimeoutError("the engine passed its deadline"))
        aggregations = response.aggregations
        counts: dict[str, dict[str, int]] = {}
        for name in plan.term_facets:
            counts[name] = {each.key: each.doc_count for each in aggregations[name].values.buckets}
        for value in plan.star_facet:
            counts.setdefault("stars", {})[value] = aggregations[f"stars_{value}"].doc_count
        ids = tuple(int(hit.meta.id) for hit in response.hits)
        total = response.hits.total.value
        return Found(ids, total, counts, stage.name, aggregations.whole.doc_count > 0)

    def _search(self, plan: Plan, stage: Stage) -> Search:
        base = [native(plan.scope), native(stage.match)]
        rungs = plan.rungs(stage)
        query = Q("bool", filter=base, must=[_ladder(rungs)] if rungs else [])
        filters = [native(condition) for condition in plan.filters.values()]
        search = (
            Search(using=self._client, index=self.alias)
            .query(query)
            .source(False)
            .extra(
                track_total_hits=True,
                timeout=f"{int(self.deadline * 900)}ms",
                from_=plan.offset,
                size=plan.limit,
            )
            .params(request_timeout=self.deadline)
        )
        if filters:
            search = search.post_filter(Q("bool", filter=filters))
        order = {plan.order: {"order": "desc" if plan.descending else "asc"}}
        search = search.sort({"_score": {"order": "desc"}}, order) if rungs else search.sort(order)
        search.aggs.bucket("whole", "filter", filter=Q("match_all"))
        for name in plan.term_facets:
            others = [native(condition) for condition in plan.filters_but(name)]
            limited = search.aggs.bucket(name, "filter", filter=Q("bool", filter=others) if others else Q("match_all"))
            limited.bucket("values", "terms", field=TERM_FIELDS[name], size=1000)
        for value, condition in plan.star_facet.items():
            others = [native(other) for other in plan.filters_but("stars")]
            search.aggs.bucket(f"stars_{value}", "filter", filter=Q("bool", filter=[*others, native(condition)]))
        return search

    # Writing

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Single documents may be written by several at once; a rebuild makes up for what came meanwhile."""
        yield

    def rebuild(self, documents: Documents) -> int:
        fresh = f"{self.alias}-{time.time_ns()}"
        slow = self._client.options(request_timeout=60)
        try:
            slow.indices.create(index=fresh, mappings=MAPPINGS, settings=SETTINGS)
            number, _ = bulk(slow, (self._action(document, fresh) for document in documents), refresh=False)
            slow.indices.refresh(index=fresh)
            old = self._names()
            actions: list[dict[str, Any]] = [{"add": {"index": fresh, "alias": self.alias}}]
            actions += [{"remove": {"index": name, "alias": self.alias}} for name in old]
            slow.indices.update_aliases(actions=actions)
            for name in old:
                slow.indices.delete(index=name, ignore_unavailable=True)
        except FAILURES as error:
            raise EngineDown(str(error)) from error
        self._open_until = 0.0
        return number

    def _names(self) -> list[str]:
        if not self._client.indices.exists_alias(name=self.alias):
            return []
        return list(self._client.options(request_timeout=10).indices.get_alias(name=self.alias))

    def _action(self, document: Document, index: str) -> dict[str, Any]:
        source = {name: value for name, value in asdict(document).items() if value not in ("", None)}
        source["title_whole"] = document.title.split(" | ")
        return {"_op_type": "index", "_index": index, "_id": str(document.id), "_source": source}

    def update(self, documents: Documents, gone: Iterable[int]) -> None:
        self._guarded()
        slow = self._client.options(request_timeout=10)
        try:
            if not self._names():
                raise EngineDown("no index yet")
            actions = [self._action(document, self.alias) for document in documents]
            actions += [{"_op_type": "delete", "_index": self.alias, "_id": str(number)} for number in gone]
            _, errors = bulk(slow, actions, refresh=True, raise_on_error=False)
            serious = [each for each in errors if next(iter(each.values()))["status"] != 404]
            if serious:
                raise EngineDown(str(serious[:3]))
        except FAILURES as error:
            raise self._failed(error) from error

    def forget(self) -> None:
        """Take the whole index away: for tests and for a market that moves."""
        try:
            for name in self._names():
                self._client.indices.delete(index=name, ignore_unavailable=True)
        except FAILURES as error:
            raise EngineDown(str(error)) from error
