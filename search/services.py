"""Writing: what has changed is marked at once and carried into cards and index by the worker."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from django.conf import settings

from kernel import clock, pagecache
from search import cards, selectors
from search.domain import Document
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
        number = _index_all()
    Change.objects.filter(id__lte=last).delete()
    _look_file().parent.mkdir(parents=True, exist_ok=True)
    _look_file().write_text(cards.look())
    pagecache.bump()
    selectors.forget_labels()
    return number


def _index_all() -> int:
    """The whole index from the cards, and what `catch_up` wrote into the old one meanwhile once more."""
    began, numbers = clock.now(), set()

    def noted() -> Iterator[Document]:
        for document in cards.documents():
            numbers.add(document.id)
            yield document

    number = engine().rebuild(noted())
    late = Card.objects.filter(built_at__gte=began)
    gone = numbers - set(Card.objects.values_list("id", flat=True))
    if gone or late.exists():
        engine().update(cards.documents(late), gone)
    return number


def _look_file() -> Path:
    return Path(settings.SEARCH_INDEX_DIR) / "look"


def follow_look() -> bool:
    """Build everything anew if the theme's card looks different from the cards we keep: after a deployment."""
    try:
        kept = _look_file().read_text()
    except OSError:
        kept = ""
    if kept == cards.look():
        return False
    rebuild()
    return True


def _forget_unused_values() -> None:
    for facet in ("group", "set", "producer", "district", "commune"):
        used = Card.objects.exclude(**{facet: ""}).values(facet)
        FacetValue.objects.filter(facet=facet).exclude(value__in=used).delete()
