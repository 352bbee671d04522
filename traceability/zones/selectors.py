from __future__ import annotations

from traceability.zones.models import RawMaterialZone


def zone_find(key: str) -> RawMaterialZone | None:
    return RawMaterialZone.objects.filter(key=key).first()


def zones_all() -> list[RawMaterialZone]:
    return list(RawMaterialZone.objects.order_by("key"))
