"""Pictures of the demo market: those on cards are ready when the shop opens, the others come from the worker."""

import random
from collections.abc import Callable

from config.demo import pictures
from kernel.pictures.services import drawings_waiting
from marketplace.storefront.services import chains_refresh, related_refresh


def seed(*, rng: random.Random, scale: int, out: Callable[[str], object]) -> None:
    drawn, fronts = pictures.draw_all()
    ready = pictures.make_first(fronts)
    if drawn:
        pictures.queue_rest(drawings_waiting())
    related_refresh()
    chains_refresh()
    out(f"  {drawn} pictures drawn, {ready} of them ready now, the rest is for the worker")
