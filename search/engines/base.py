"""What every engine offers."""

import time
from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Protocol

from search.domain import Document, Found
from search.errors import EngineDown
from search.plan import Plan, Stage

Documents = Iterable[Document]


class Engine(Protocol):
    name: str
    deadline: float  # seconds that a page waits

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
    start = time.monotonic()
    for stage in plan.stages:
        if time.monotonic() - start > engine.deadline:
            raise EngineDown("all readings together take too long")
        found = engine.attempt(plan, stage)
        if found.some:
            return found
    return found
