"""Pictures by id."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.pictures.models import Picture


def pictures_by_id(ids: Iterable[int]) -> dict[int, Picture]:
    return Picture.objects.in_bulk(list(ids))
