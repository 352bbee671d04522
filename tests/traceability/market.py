"""A small lot for tests: one harvest, one pack, ready to be sold."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from kernel import clock
from kernel.actors import SYSTEM
from traceability.lots.models import Lot
from traceability.lots.services import NewLot, record_harvest, record_pack

GTIN = "09521234000013"


def at(days_ago: float) -> datetime:
    return clock.now() - timedelta(days=days_ago)


def day(days_ago: int) -> date:
    return clock.today() - timedelta(days=days_ago)


def pack_lot(code: str = "DM-2610-07", *, pieces: int = 480, packed: int = 50, keeps: int = 365, **changes) -> Lot:
    """A pack lot of the Đăk Mar zone (the zones have to be there)."""
    grams = changes.pop("unit_grams", 500)
    kg = Decimal(pieces) * grams / 1000
    _, harvest = record_harvest(
        actor=SYSTEM,
        zone=changes.pop("zone", "Z01"),
        lot=NewLot(f"HA-{code}", "harvest", "quả tươi", kg * 6, producer_code="dakmar", producer_name="HTX Đăk Mar"),
        at=at(packed + 60),
        step="coffee_roasted.010_harvest",
        facts={"percent": 95},
    )
    spec = {
        "product_name": "Cà phê bột Đăk Mar",
        "product_name_en": "Đăk Mar ground coffee",
        "producer_code": "dakmar",
        "producer_name": "HTX Đăk Mar",
        "gtin": GTIN,
        "packed_at": day(packed),
        "expires_on": day(packed - keeps),
    } | changes
    _, lots = record_pack(
        actor=SYSTEM,
        inputs=[(harvest, kg * 6)],
        outputs=[NewLot(code=code, kind="pack", quantity=Decimal(pieces), uom="H87", unit_grams=grams, **spec)],
        at=at(packed),
        step="coffee_roasted.080_pack",
        place="packing_room",
        actor_kind="processor",
    )
    return lots[0]
