"""Writing: what has changed is marked at once and carried into cards and index by the worker."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction

from kernel import clock, pagecache
from search import cards, selectors
from search.engines import engine
from search.models import Card, Change, FacetValue

_paused: ContextVar[bool] = ContextVar("search_paused", default=False)
BATCH = 500


@contextmanager
def paused() -> Iterator[None]:
    """Mark nothing inside: for seeds and imports that end with a full `rebuild`."""
    token = _paused.set(True)
    try:
        yield
    finally:
        _paused.reset(token)


def mark(kind: str, ids: Iterable[int]) -> None:
    """Say that these things changed. Part of the caller's transaction, so it is kept if and only if that is."""
    if not _paused.get():
        Change.objects.bulk_create([Change(kind=kind, object_id=each) for each in dict.fromkeys(ids)])


def catch_up() -> int:
    """Carry what was marked into cards and index; returns how many things. Safe to run at any time, twice.

    Marks go only when the index has them. Raises EngineBusy, EngineDown (the cards are right even then).
    """
    done = 0
    while True:
        rows = list(Change.objects.order_by("id").values_list("id", "kind", "object_id")[:BATCH])
        if not rows:
            return done
        wanted: dict[str, set[int]] = {}
        for _, kind, object_id in rows:
            wanted.setdefault(kind, set()).add(object_id)
        if "product" in wanted:
            wanted["product"] = set(cards.pages_of(wanted["product"]))
        fresh, gone = [], []
        for kind, ids in wanted.items():
            made, lost = _build(kind, sorted(ids))
            fresh += made
            gone += lost
        with engine().writing():
            engine().update(cards.documents(fresh), gone)
        Change.objects.filter(id__in=[row[0] for row in rows]).delete()
        done += len(rows)


def _build(kind: str, ids: list[int]) -> tuple[list[Card], list[int]]:
    made: list[Card] = []
    gone: list[int] = []
    for at in range(0, len(ids), cards.BATCH):
        with transaction.atomic():
            fresh, lost = cards.build(kind, ids[at : at + cards.BATCH], clock.today())
            made += fresh
            gone += lost
            pagecache.bump()
    return made, gone


def rebuild() -> int:
    """All cards and the whole index anew, while the old ones answer. Returns the number of documents.

    What is marked while this runs is carried over afterwards by `catch_up`.
    Raises EngineBusy, EngineDown.
    """
    last = Change.objects.order_by("-id").values_list("id", flat=True).first() or 0
    with engine().writing():
        kept: set[int] = set()
        for kind, ids in cards.everything().items():
            made, _ = _build(kind, ids)
            kept.update(card.id for card in made)
        stale = [number for number in Card.objects.values_list("id", flat=True) if number not in kept]
        for at in range(0, len(stale), BATCH):
            Card.objects.filter(id__in=stale[at : at + BATCH]).delete()
        _forget_unused_values()
        number = engine().rebuild(cards.documents())
    Change.objects.filter(id__lte=last).delete()
    pagecache.bump()
    selectors.forget_labels()
    return number


def _forget_unused_values() -> None:
    for facet in ("group", "set", "producer", "district", "commune"):
        used = Card.objects.exclude(**{facet: ""}).values(facet)
        FacetValue.objects.filter(facet=facet).exclude(value__in=used).delete()
