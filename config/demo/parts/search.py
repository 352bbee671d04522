"""The last part: cards and the search index of everything before it."""

import random
from collections.abc import Callable

from search import services


def seed(*, rng: random.Random, scale: int, out: Callable[[str], object]) -> None:
    out(f"  {services.rebuild()} documents in the index")
