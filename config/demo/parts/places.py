"""Administrative units and the product sets: reference data that a real market needs just the same."""

import random
from collections.abc import Callable

from catalog.places.services import units_load
from catalog.products.services import categories_load


def seed(*, rng: random.Random, scale: int, out: Callable[[str], object]) -> None:
    out(f"  {units_load()} administrative units, {categories_load()} groups and sets")
