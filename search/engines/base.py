"""What every engine offers."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Protocol

from search.domain import Document, Found
from search.plan import Plan, Stage

Documents = Iterable[Document]


class Engine(Protocol):
    name: str

    def attempt(self, plan: Plan, stage: Stage) -> Found:
        """The hits of one reading of the words. Raises EngineDown."""

    def rebuild(self, documents: Documents) -> int:
        """A new index beside the old one, swapped in when whole. Raises EngineBusy, EngineDown."""

    def update(self, documents: Documents, gone: Iterable[int]) -> None:
        """Write and remove some documents. Raises EngineBusy, EngineDown."""

    def writing(self) -> AbstractContextManager[None]:
        """Hold the one pen. Raises EngineBusy."""

    def ready(self) -> bool: ...


def answer(engine: Engine, plan: Plan) -> Found:
    """Read the words ever more freely until something is found."""
    found = Found()
    for stage in plan.stages:
        found = engine.attempt(plan, stage)
        if found.some:
            return found
    return found


def windows(counts: Iterator[int] | Iterable[int], offset: int, limit: int) -> Iterator[tuple[int, int, int]]:
    """Where a page lies on a ladder: (rung, offset in it, how many) for given sizes of the rungs."""
    for rung, size in enumerate(counts):
        if limit <= 0:
            return
        if offset >= size:
            offset -= size
            continue
        take = min(limit, size - offset)
        yield rung, offset, take
        offset, limit = 0, limit - take


Factory = Callable[[], Engine]
