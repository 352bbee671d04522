"""The demo market, part by part. Each part is idempotent, commits in short steps and goes through the services.

A part is a module `config/demo/parts/<topic>.py` with `seed(rng, scale, out)`; those that are not there are skipped.
"""

import random
import time
from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.util import find_spec

PARTS = (
    "places", "register", "certificates", "papers", "combos", "people", "stock", "points", "content", "trace", "pictures",
    "orders", "search",
)  # fmt: skip


def seed(*, number: int, scale: int, out: Callable[[str], object], only: Iterable[str] | None = None) -> None:
    """Run the parts in order. Each gets its own random numbers, so that one more part changes no other."""
    wanted = set(only or PARTS)
    for topic in PARTS:
        name = f"config.demo.parts.{topic}"
        if topic not in wanted or find_spec(name) is None:
            continue
        start = time.monotonic()
        import_module(name).seed(rng=random.Random(f"{number}:{topic}"), scale=scale, out=out)
        out(f"{topic}: {time.monotonic() - start:.1f} s")
