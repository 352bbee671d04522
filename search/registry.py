"""What else can be found: the composition root registers a kind of its own (stories) that is not imported here."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    object_id: int
    path: str
    title_vi: str
    title_en: str = ""
    text: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    place: str = ""
    made_on: dt.date = dt.date(2000, 1, 1)


Builder = Callable[[list[int]], Iterable[Entry]]
Ids = Callable[[], list[int]]

builders: dict[str, Builder] = {}
sources: dict[str, Ids] = {}


def register(kind: str, *, ids: Ids, build: Builder) -> None:
    """`ids()` names everything of this kind that may be found, `build(ids)` says what stands on its card."""
    builders[kind], sources[kind] = build, ids
