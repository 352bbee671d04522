"""What tests of the desk and the office share: two producers with something of every kind, and all rows as they are."""

import io
import re
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from catalog.certification.models import RuleSet
from catalog.certification.services import certificate_issue, rule_sets_load
from config.management.commands.list_urls import Address, addresses
from kernel import clock
from kernel.actors import SYSTEM
from kernel.gs1 import gtin14, make_gtin13
from kernel.pictures.services import picture_add
from marketplace.desk import services as desk
from marketplace.desk.models import ListingRevision
from marketplace.desk.services.listing import values_of
from marketplace.sellers.models import Partner
from tests.factories import market, people, shopping
from tests.kernel.pictures.corpus import photo
from traceability.lots.models import Lot
from traceability.lots.services import NewLot, record_pack
from traceability.scans.models import ProblemReport

LEFT_OUT = {"sessions.Session"}


def rows() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table: two of these are equal only if nothing was written."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values_list())
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy and model._meta.label not in LEFT_OUT
    }


def changed(before: dict[str, list[Any]], after: dict[str, list[Any]]) -> list[str]:
    return [label for label in before if before[label] != after[label]]


def addresses_of(namespace: str) -> list[Address]:
    return [a for a in addresses() if a.name.split(":")[0] == namespace and a.rule != "public"]


def path_of(address: Address, values: dict[str, Any]) -> str:
    """The address with its places filled: `values` has "<kind>.<name>" for a start of the path, or "<name>"."""

    def fill(found: re.Match[str]) -> str:
        name = found.group(1)
        kind = address.pattern.strip("/").split("/")[1]
        return str(values.get(f"{kind}.{name}", values.get(name)))

    return re.sub(r"<\w+:(\w+)>", fill, address.pattern)


def gtin(n: int) -> str:
    return gtin14(make_gtin13("952123", n))


def lot_of(partner: Partner, product: Any, code: str = "261120-G1", pieces: int = 20) -> Lot:
    _, made = record_pack(
        actor=SYSTEM,
        inputs=[],
        outputs=[
            NewLot(
                code=code, kind="pack", product_name=product.title, quantity=pieces, uom="H87", gtin=product.gtin,
                producer_code=partner.producer.slug, producer_name=partner.producer.name,
                packed_at=clock.today(),
            )
        ],
        at=clock.now(),
    )  # fmt: skip
    return made[0]


def report_on(lot: Lot, message: str = "Gói hở") -> ProblemReport:
    now = clock.now()
    return ProblemReport.objects.create(
        gtin=lot.gtin, lot_code=lot.code, kind="damaged", message=message, created_at=now, updated_at=now
    )


def picture() -> int:
    return picture_add(file=io.BytesIO(photo(size=(640, 480)))).pk


def change_of(partner: Partner, product: Any, *, submit: bool = True, **data: Any) -> ListingRevision:
    """A wish of the producer to change a live product."""
    made = desk.listing_save(
        actor=SYSTEM, producer=partner.producer, product=product, data=values_of(product) | data, pictures=[picture()]
    )
    return desk.listing_submit(actor=SYSTEM, revision=made) if submit else made


def certificate_of(product: Any, number: str = "01-2026", stars: int = 4) -> Any:
    rule_sets_load()
    return certificate_issue(
        actor=SYSTEM, product=product, number=number, stars=stars, rule_set=RuleSet.objects.get(code="26-2026"),
        issuing_level="province", issuing_body="UBND tỉnh Quảng Ngãi", issued_on=clock.today(),
    )  # fmt: skip


@dataclass
class Stall:
    """A producer with a person, a product, an order, a waiting change and a lot."""

    partner: Partner
    owner: Any
    product: Any
    part: Any
    revision: ListingRevision
    lot: Lot

    @property
    def producer(self) -> Any:
        return self.partner.producer

    def values(self) -> dict[str, Any]:
        return {
            "key": self.revision.key,
            "mon.pk": self.product.pk,
            "lo.pk": self.lot.pk,
            "number": self.part.number,
        }


def stall(n: int = 1) -> Stall:
    partner = market.seller()
    product = market.product(partner, stock=10, gtin=gtin(n))
    lot = lot_of(partner, product)
    part = shopping.order((product, 1)).seller_orders.get()
    return Stall(partner, people.owner_of(partner), product, part, change_of(partner, product, short="mới"), lot)
