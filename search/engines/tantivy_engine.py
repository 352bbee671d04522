"""The embedded engine: an index in a folder, read by every process, written by one at a time."""

import fcntl
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from threading import Lock

import tantivy
from tantivy import Occur, Order, Query

from search.domain import Document, Found
from search.engines.base import Documents
from search.errors import EngineBusy, EngineDown
from search.plan import (
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

TEXTS = ("title", "text", "glued", "more", "months", "stars_on")
CODES = ("kind", "group", "set", "producer", "district", "commune", "stock")
NUMBERS = ("price", "rank", "by_new", "by_price_up", "by_price_down")
HEAP = 30_000_000


def _schema() -> tantivy.Schema:
    build = tantivy.SchemaBuilder()
    build.add_unsigned_field("id", indexed=True, fast=True)
    for name in TEXTS:
        build.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    build.add_text_field("title_whole", tokenizer_name="raw", index_option="basic")
    for name in CODES:
        build.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in NUMBERS:
        build.add_integer_field(name, indexed=name == "price", fast=True)
    return build.build()


SCHEMA = _schema()


def _entry(document: Document) -> tantivy.Document:
    values = {each.name: getattr(document, each.name) for each in fields(document)}
    entry = tantivy.Document()
    entry.add_unsigned("id", values["id"])
    for name in (*TEXTS, *CODES):
        if values[name]:
            entry.add_text(name, values[name])
    for whole in document.title.split(" | "):
        entry.add_text("title_whole", whole)
    for name in NUMBERS:
        if values[name] is not None:
            entry.add_integer(name, values[name])
    return entry


@lru_cache(maxsize=4096)
def native(condition: Condition) -> Query:
    match condition:
        case Everything():
            return Query.all_query()
        case AnyOf(field, (value,)):
            return Query.term_query(SCHEMA, field, value, "basic")
        case AnyOf(field, values):  # Dearer as a set of terms, unless there are very many.
            return Query.boolean_query(
                [(Occur.Should, Query.term_query(SCHEMA, field, each, "basic")) for each in values]
            )
        case Prefix(field, value):
            return Query.fuzzy_term_query(SCHEMA, field, value, 0, True, True)
        case Near(field, value):
            return Query.fuzzy_term_query(SCHEMA, field, value, 1, True, False)
        case Phrase(field, words):
            return Query.phrase_query(SCHEMA, field, list(words))
        case Between(field, low, high):
            return Query.range_query(SCHEMA, field, tantivy.FieldType.Integer, low, high)
        case And(parts):
            return _clauses(must=parts)
        case Or(parts):
            return Query.boolean_query([(Occur.Should, native(part)) for part in parts])
        case Not(part):
            return _clauses(must_not=(part,))
        case AtLeast(number, parts):
            return Query.boolean_query([(Occur.Should, native(part)) for part in parts], number)
    raise TypeError(condition)


def _clauses(must: Iterable[Condition] = (), must_not: Iterable[Condition] = ()) -> Query:
    clauses = [(Occur.Must, native(part)) for part in must if not isinstance(part, Everything | Not)]
    refused = [*must_not, *(part.part for part in must if isinstance(part, Not))]
    if not clauses:
        clauses.append((Occur.Must, Query.all_query()))
    clauses += [(Occur.MustNot, native(part)) for part in refused]
    return Query.boolean_query(clauses) if len(clauses) > 1 else clauses[0][1]


class TantivyEngine:
    """Folder layout: `CURRENT` names the index folder in force; `pen` is locked by the one writer."""

    name = "tantivy"
    deadline = 5.0

    def __init__(self, folder: Path, *, wait: float = 10.0) -> None:
        self.folder = folder
        self.wait = wait
        self._lock = Lock()
        self._index: tantivy.Index | None = None
        self._current = ""
        self._looked = 0.0

    # Reading

    def _searcher(self) -> tantivy.Searcher:
        """The newest state, looked for at most once a second: another process may have written."""
        now = time.monotonic()
        if self._index is None or now - self._looked > 1.0:
            with self._lock:
                self._refresh()
                self._looked = now
        assert self._index is not None
        return self._index.searcher()

    def _refresh(self) -> None:
        try:
            current = (self.folder / "CURRENT").read_text().strip()
            if self._index is None or current != self._current:
                index = tantivy.Index.open(str(self.folder / current))
                index.config_reader("manual", 0)
                self._index, self._current = index, current
            self._index.reload()
        except (OSError, ValueError) as error:
            if self._index is None:
                raise EngineDown("no index yet") from error

    def ready(self) -> bool:
        try:
            self._searcher()
        except EngineDown:
            return False
        return True

    def attempt(self, plan: Plan, stage: Stage) -> Found:
        try:
            return self._attempt(self._searcher(), plan, stage)
        except (ValueError, OSError) as error:
            self._index = None
            raise EngineDown(str(error)) from error

    def _attempt(self, searcher: tantivy.Searcher, plan: Plan, stage: Stage) -> Found:
        base = (plan.scope, stage.match)
        filters = tuple(plan.filters.values())
        ids, total = self._page(searcher, plan, stage, base + filters)
        if not total and not (filters and searcher.search(_clauses(base), limit=1).count):
            return Found(stage=stage.name)
        return Found(ids, total, self._counts(searcher, plan, base), stage.name, True)

    def _page(
        self, searcher: tantivy.Searcher, plan: Plan, stage: Stage, conditions: tuple[Condition, ...]
    ) -> tuple[tuple[int, ...], int]:
        order = Order.Desc if plan.descending else Order.Asc
        offset, wanted, addresses = plan.offset, plan.limit, []
        total = -1
        above: list[Condition] = []
        rungs = plan.rungs(stage)
        if not rungs or not wanted:
            result = searcher.search(
                _clauses(conditions),
                limit=max(wanted, 1),
                order_by_field=plan.order,
                offset=offset,
                order=order,
            )
            addresses, total = [address for _, address in result.hits[:wanted]], result.count or 0
        else:
            total = searcher.search(_clauses(conditions), limit=1).count or 0
            left = total
            for rung in (*rungs, Everything()):
                if not left or not wanted:
                    break
                result = searcher.search(
                    _clauses((*conditions, rung), above),
                    limit=wanted,
                    order_by_field=plan.order,
                    offset=offset,
                    order=order,
                )
                count = result.count or 0
                addresses += [address for _, address in result.hits]
                wanted -= len(result.hits)
                offset = max(0, offset - count)
                left -= count
                above.append(rung)
        return tuple(searcher.fast_field_values("id", addresses)) if addresses else (), total

    def _counts(self, searcher: tantivy.Searcher, plan: Plan, base: tuple[Condition, ...]) -> dict[str, dict[str, int]]:
        """Each facet counts under all filters but its own."""
        from search.plan import TERM_FIELDS

        counts: dict[str, dict[str, int]] = {}
        shared = [name for name in plan.term_facets if name not in plan.filters]
        groups = [(shared, tuple(plan.filters.values()))] if shared else []
        groups += [([name], plan.filters_but(name)) for name in plan.term_facets if name in plan.filters]
        for names, conditions in groups:
            wanted = {name: {"terms": {"field": TERM_FIELDS[name], "size": 1000}} for name in names}
            found = searcher.aggregate(_clauses(base + conditions), wanted)
            for name in names:
                counts[name] = {each["key"]: each["doc_count"] for each in found[name]["buckets"]}
        if plan.star_facet:
            conditions = base + plan.filters_but("stars")
            counts["stars"] = {
                value: searcher.search(_clauses((*conditions, condition)), limit=1).count or 0
                for value, condition in plan.star_facet.items()
            }
        return counts

    # Writing

    @contextmanager
    def writing(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with open(self.folder / "pen", "w") as pen:
            until = time.monotonic() + self.wait
            while True:
                try:
                    fcntl.flock(pen, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() > until:
                        raise EngineBusy("the index is being written") from None
                    time.sleep(0.05)
            yield

    def rebuild(self, documents: Documents) -> int:
        name = f"index-{time.time_ns()}"
        fresh = self.folder / name
        fresh.mkdir(parents=True)
        try:
            index = tantivy.Index(SCHEMA, path=str(fresh))
            writer = index.writer(HEAP, 1)
            number = 0
            for document in documents:
                writer.add_document(_entry(document))
                number += 1
            writer.commit()
            writer.wait_merging_threads()
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        before = self._name_in_force()
        pointer = self.folder / "CURRENT.new"
        pointer.write_text(name)
        os.replace(pointer, self.folder / "CURRENT")
        self._looked = 0.0
        for old in self.folder.glob("index-*"):
            if old.name not in (name, before):  # A reader may still be opening the one before.
                shutil.rmtree(old, ignore_errors=True)
        return number

    def _name_in_force(self) -> str:
        try:
            return (self.folder / "CURRENT").read_text().strip()
        except OSError:
            return ""

    def update(self, documents: Documents, gone: Iterable[int]) -> None:
        name = self._name_in_force()
        if not name:
            raise EngineDown("no index yet")
        try:
            writer = tantivy.Index.open(str(self.folder / name)).writer(HEAP, 1)
        except ValueError as error:
            raise EngineBusy(str(error)) from error
        # By query: deleting by term finds nothing in a field of unsigned numbers.
        for number in gone:
            writer.delete_documents_by_query(Query.term_query(SCHEMA, "id", number))
        for document in documents:
            writer.delete_documents_by_query(Query.term_query(SCHEMA, "id", document.id))
            writer.add_document(_entry(document))
        writer.commit()
        writer.wait_merging_threads()
        self._looked = 0.0
