"""Pure rules of stock: levels that pages show, and how a wish is shared over several stores."""

from collections.abc import Iterable, Sequence

FEW = 5


def level(available: int) -> str:
    """What a cached page says: "out", "few" (1-5) or "many"."""
    if available <= 0:
        return "out"
    return "few" if available <= FEW else "many"


def crosses(before: int, after: int) -> bool:
    """True if a page would say something else, for the product itself or a combo with two or three of it."""
    return any(level(before // pieces) != level(after // pieces) for pieces in (1, 2, 3))


def spread(wanted: int, free: Sequence[int]) -> list[int] | None:
    """How many to take from each store: all from the first that has enough, else from several in order.

    None if together they have too few.
    """
    if sum(n for n in free if n > 0) < wanted:
        return None
    for index, here in enumerate(free):
        if here >= wanted:
            return [wanted if i == index else 0 for i in range(len(free))]
    taken = []
    for here in free:
        part = min(max(here, 0), wanted)
        taken.append(part)
        wanted -= part
    return taken


def combos_possible(components: Iterable[tuple[int, int]], available: dict[int, int]) -> int:
    """How many combos the scarcest component allows."""
    return max(0, min((available.get(product, 0) // quantity for product, quantity in components), default=0))


def expand(lines: Iterable[tuple[int, int]], components: dict[int, list[tuple[int, int]]]) -> dict[int, int]:
    """Ordered lines as pieces per single product, combos taken apart."""
    pieces: dict[int, int] = {}
    for product, quantity in lines:
        for part, each in components.get(product, [(product, 1)]):
            pieces[part] = pieces.get(part, 0) + each * quantity
    return pieces
