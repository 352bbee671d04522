"""Delivery prices and days as pure arithmetic over a dated tariff. Worked numbers: docs/rules/shipping.md."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

PACK_DAYS = 1
FALLBACK_WEIGHT_G = 500
BOX_G = 150
SUNDAY = 6


@dataclass(frozen=True)
class Zone:
    """What a parcel costs: up to `first_g` the first fee, then `step_fee` for each begun `step_g`."""

    code: str
    first_g: int
    first_fee: int
    step_g: int
    step_fee: int
    days_min: int
    days_max: int
    free_from: int | None = None


@dataclass(frozen=True)
class Tariff:
    valid_from: date
    zones: Mapping[str, Zone]
    provinces: Mapping[str, str]
    communes: Mapping[str, str]
    remote: frozenset[str]
    remote_fee: int
    remote_days: int
    default_zone: str

    def zone(self, commune_code: str, province_code: str) -> Zone:
        """The commune decides if it is listed, else its province, else the rest of the country."""
        code = self.communes.get(commune_code) or self.provinces.get(province_code) or self.default_zone
        return self.zones[code]

    def is_remote(self, commune_code: str) -> bool:
        return commune_code in self.remote


@dataclass(frozen=True)
class ShipLine:
    """Goods of one seller that travel together."""

    partner_id: int
    weight_g: int
    amount: int


@dataclass(frozen=True)
class ParcelQuote:
    partner_id: int
    weight_g: int
    fee: int
    is_free: bool
    days_min: int
    days_max: int
    arrives_from: date
    arrives_by: date


@dataclass(frozen=True)
class Quote:
    parcels: tuple[ParcelQuote, ...] = field(default_factory=tuple)

    @property
    def total(self) -> int:
        return sum(parcel.fee for parcel in self.parcels)

    @property
    def arrives_by(self) -> date | None:
        return max((parcel.arrives_by for parcel in self.parcels), default=None)


def fee(weight_g: int, zone: Zone) -> int:
    """The fee of one parcel before thresholds and remoteness."""
    over = max(0, weight_g - zone.first_g)
    steps = -(-over // zone.step_g)
    return zone.first_fee + steps * zone.step_fee


def working_day(start: date, days: int) -> date:
    """`days` days after `start`, Sundays not counted."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= day.weekday() != SUNDAY
    return day


def quote(lines: list[ShipLine], tariff: Tariff, *, commune_code: str, province_code: str, today: date) -> Quote:
    """One parcel per seller, each with its fee and days, in the order the sellers come."""
    weights: dict[int, int] = {}
    amounts: dict[int, int] = {}
    for line in lines:
        weights[line.partner_id] = weights.get(line.partner_id, BOX_G) + line.weight_g
        amounts[line.partner_id] = amounts.get(line.partner_id, 0) + line.amount
    zone = tariff.zone(commune_code, province_code)
    remote = tariff.is_remote(commune_code)
    parcels = []
    for partner_id, weight in weights.items():
        free = zone.free_from is not None and amounts[partner_id] >= zone.free_from
        price = 0 if free else fee(weight, zone) + (tariff.remote_fee if remote else 0)
        extra = tariff.remote_days if remote else 0
        low, high = PACK_DAYS + zone.days_min + extra, PACK_DAYS + zone.days_max + extra
        parcels.append(
            ParcelQuote(partner_id, weight, price, free, low, high, working_day(today, low), working_day(today, high))
        )
    return Quote(tuple(parcels))


def tariff_from(data: Mapping[str, Any]) -> Tariff:
    """A tariff from its table. Raises ValueError or KeyError for a table that does not make sense."""
    zones = {code: Zone(code=code, **row) for code, row in data["zones"].items()}
    for zone in zones.values():
        amounts = (zone.first_g, zone.first_fee, zone.step_g, zone.step_fee, zone.days_min)
        if any(not isinstance(n, int) or n < 0 for n in amounts) or zone.step_g < 1 or zone.days_max < zone.days_min:
            raise ValueError(f"zone {zone.code}: whole numbers, not below zero")
    tariff = Tariff(
        valid_from=date.fromisoformat(data["valid_from"]),
        zones=zones,
        provinces={code: name for name, codes in data["provinces"].items() for code in codes},
        communes={code: name for name, codes in data["communes"].items() for code in codes},
        remote=frozenset(data["remote"]["communes"]),
        remote_fee=data["remote"]["fee"],
        remote_days=data["remote"]["days"],
        default_zone=data["default_zone"],
    )
    for used in {*tariff.provinces.values(), *tariff.communes.values(), tariff.default_zone}:
        if used not in zones:
            raise ValueError(f"zone {used} is not described")
    return tariff
