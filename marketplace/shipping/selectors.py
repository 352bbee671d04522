"""What delivery costs and how long it takes."""

import json
from datetime import date
from functools import lru_cache
from pathlib import Path

from kernel import clock, pagecache
from marketplace.shipping import domain
from marketplace.shipping.domain import Quote, ShipLine
from marketplace.shipping.models import Tariff

_current: tuple[int, date | None, domain.Tariff | None] = (0, None, None)


@lru_cache(maxsize=1)
def built_in() -> domain.Tariff:
    """The tariff that ships with the shop, in force where the office has entered none."""
    return domain.tariff_from(json.loads(Path(__file__).with_name("tariff.json").read_text()))


def tariff(day: date | None = None) -> domain.Tariff:
    """The tariff in force on `day` (today by default), read once per public version and process."""
    global _current
    day = day or clock.today()
    key = (pagecache.version(), day)
    if _current[:2] != key or _current[2] is None:
        row = Tariff.objects.filter(valid_from__lte=day).order_by("-valid_from").first()
        found = domain.tariff_from({**row.table, "valid_from": str(row.valid_from)}) if row else built_in()
        _current = (*key, found)
    return _current[2]  # type: ignore[return-value]


def quote(lines: list[ShipLine], commune_code: str = "", province_code: str = "") -> Quote:
    """Fee and days per seller and in all, for a commune (then also give its province) or a whole province."""
    return domain.quote(lines, tariff(), commune_code=commune_code, province_code=province_code, today=clock.today())
