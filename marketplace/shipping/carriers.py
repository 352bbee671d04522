"""The carrier port: handing parcels over and reading their notices. FileCarrier is for development.

A carrier of the real world (the shape follows GHN and Viettel Post) is told weight, size, cash to collect and the
address, answers with a tracking code, and sends signed notices with its own words for where a parcel is.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

from django.conf import settings

# Words of carriers -> our parcel states.
NOTICES = {
    "picked": "handed_over",
    "storing": "in_transit",
    "transporting": "in_transit",
    "sorting": "in_transit",
    "delivering": "out",
    "delivery_fail": "missed",
    "delivered": "delivered",
    "return": "refused",
    "returning": "refused",
    "returned": "returned",
    "lost": "lost",
    "damage": "lost",
}


@dataclass(frozen=True)
class Shipment:
    """What a carrier needs to know of a parcel."""

    number: str
    to_name: str
    to_phone: str
    to_address: str
    to_commune_code: str
    weight_g: int
    cod_amount: int
    note: str
    may_open: bool = True


class Carrier(Protocol):
    name: str

    def hand_over(self, shipment: Shipment) -> str:
        """Register the parcel and give its tracking code; the same number gives the same code."""


class FileCarrier:
    """Writes one line per parcel into var/outbox/carrier.log and makes the code from the number."""

    name = "file"

    def hand_over(self, shipment: Shipment) -> str:
        code = "DEMO" + "".join(sign for sign in shipment.number if sign.isalnum())
        path = Path(settings.OUTBOX_DIR) / "carrier.log"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({**asdict(shipment), "tracking": code}, ensure_ascii=False) + "\n")
        return code


def carrier() -> Carrier:
    return FileCarrier()
