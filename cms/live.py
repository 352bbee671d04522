"""Goods of a page as they are now: all blocks of a page are answered by one question to each source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.functional import cached_property

from cms import shelves
from cms.tree import pages_of, tree


class Live:
    """Given to the templates as `live`; asks only for what the blocks of the page need."""

    def __init__(self, streams: Iterable[Any]) -> None:
        self.blocks = [item for stream in streams for item in _raw(stream)]

    @cached_property
    def shelf_ids(self) -> dict[str, list[int]]:
        """The goods of each shelf of the home page, by the id of its block; no goods twice on one page."""
        found: dict[str, list[int]] = {}
        taken: set[int] = set()
        for block in self.blocks:
            if block["type"] == "shelf":
                ids = shelves.by_rule(block["value"], taken)
                taken.update(ids)
                found[block["id"]] = ids
        return found

    @cached_property
    def cards_by_id(self) -> dict[int, dict[str, Any]]:
        wanted = [pk for block in self.blocks if block["type"] == "products" for pk in _picked(block, "products")]
        wanted += [pk for ids in self.shelf_ids.values() for pk in ids]
        return shelves.cards_by_id(wanted)

    @cached_property
    def combos_by_id(self) -> dict[int, dict[str, Any]]:
        blocks = [b for b in self.blocks if b["type"] in ("combos", "gifts")]
        wanted = [pk for block in blocks for pk in _picked(block, "combos")]
        if any(not _picked(block, "combos") for block in blocks):
            wanted += shelves.newest_combos(6)
        return shelves.combos_by_id(wanted)

    def cards(self, ids: Iterable[int]) -> list[dict[str, Any]]:
        """Cards in the given order, without goods that are gone."""
        return [self.cards_by_id[pk] for pk in ids if pk in self.cards_by_id]

    def shelf(self, block_id: str) -> list[dict[str, Any]]:
        return self.cards(self.shelf_ids.get(str(block_id), []))

    def combos(self, ids: Iterable[int], count: int = 3) -> list[dict[str, Any]]:
        picked = list(ids) or list(self.combos_by_id)
        return [self.combos_by_id[pk] for pk in picked if pk in self.combos_by_id][:count]

    @cached_property
    def pages_by_id(self) -> dict[int, Any]:
        """Pages named in blocks, live ones only, with their pictures: one question for each kind of page."""
        wanted = [pk for b in self.blocks if b["type"] in ("pages", "places") for pk in _picked(b, "pages")]
        wanted += [int(b["value"]["page"]) for b in self.blocks if b["type"] == "story" and b["value"].get("page")]
        kinds: dict[str, list[int]] = {}
        for pk in wanted:
            if node := tree().by_id.get(pk):
                kinds.setdefault(node.model, []).append(pk)
        return {page.pk: page for model, ids in kinds.items() for page in pages_of(model, ids).defer_streamfields()}

    def pages(self, ids: Iterable[int]) -> list[Any]:
        return [self.pages_by_id[pk] for pk in ids if pk in self.pages_by_id]

    @cached_property
    def groups(self) -> list[dict[str, Any]]:
        return shelves.groups()

    @cached_property
    def region(self) -> dict[str, Any]:
        return shelves.region()

    def producer(self, producer_id: int) -> dict[str, Any] | None:
        return shelves.producer(producer_id)

    def lot(self, gtin: str, lot: str) -> dict[str, Any]:
        return shelves.lot(gtin, lot)


def product_ids(streams: Iterable[Any]) -> list[int]:
    """Ids of the goods that are named in product blocks, each once, in order."""
    ids = [pk for s in streams for block in _raw(s) if block["type"] == "products" for pk in _picked(block, "products")]
    return list(dict.fromkeys(ids))


def _picked(block: dict[str, Any], name: str) -> list[int]:
    """The values of a list block, in either of its two stored forms."""
    found = []
    for item in block["value"].get(name) or []:
        value = item.get("value") if isinstance(item, dict) else item
        if value is not None:
            found.append(int(value))
    return found


def _raw(stream: Any) -> Iterator[dict[str, Any]]:
    """Top blocks as stored. Blocks that were not saved yet (preview) are brought into that form first."""
    for block in stream.get_prep_value() if stream is not None else []:
        yield {**block, "id": str(block.get("id"))}
