"""Plays a worked history (histories.json) through the services, and builds small markets for tests."""

import csv
import json
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from kernel.actors import SYSTEM
from traceability.events.domain import Draft, Thing
from traceability.events.models import Event
from traceability.lots.models import Lot
from traceability.lots.services import Correction, NewLot, capture, draft_of, record_correction
from traceability.zones.models import RawMaterialZone
from traceability.zones.services import zone_import

HERE = Path(__file__).parent
DATA = HERE.parents[1] / "config" / "demo" / "data" / "trace"
KINDS = {
    ("ObjectEvent", "creating_class_instance"): "source",
    ("ObjectEvent", "receiving"): "receive",
    ("ObjectEvent", "sampling"): "sample",
    ("ObjectEvent", "shipping"): "ship",
    ("ObjectEvent", "holding"): "recall",
    ("TransformationEvent", "creating_class_instance"): "process",
    ("TransactionEvent", "retail_selling"): "sell",
    ("AggregationEvent", "packing"): "box",
    ("AggregationEvent", "unpacking"): "unbox",
    ("none", None): "service",
}


@lru_cache(maxsize=1)
def histories() -> dict:
    return {h["id"]: h for h in json.loads((HERE / "histories.json").read_text(encoding="utf-8"))["histories"]}


def import_demo_zones() -> None:
    with open(DATA / "zones.csv", encoding="utf-8", newline="") as table:
        rows = {row["zone_id"]: row for row in csv.DictReader(table)}
    zone_import(actor=SYSTEM, collection=json.loads((DATA / "zones.geojson").read_text(encoding="utf-8")), facts=rows)


class Story:
    """One history on the way: lots and events by their names in the file."""

    def __init__(self, history: dict) -> None:
        self.history = history
        self.lots: dict[str, Lot] = {}
        self.events: dict[str, Event] = {}
        self.zones = {z.key: z for z in RawMaterialZone.objects.all()}

    def play(self, until: str = "") -> "Story":
        declared = {}
        for row in self.history["events"]:
            if row["id"] == until:
                break
            if "error_declaration" in row:
                declared[row["error_declaration"]["repeats"]] = row
        corrections = []
        for row in self.history["events"]:
            if row["id"] == until:
                return self
            if "error_declaration" in row:
                continue
            if row.get("corrects"):
                wrong = self.events[row["corrects"]]
                told = declared[row["corrects"]]["error_declaration"]
                right = draft_of(wrong, **self._changes(row))
                when = datetime.fromisoformat(told["declaration_time"])
                corrections.append((row["id"], Correction(wrong, right, when)))
            else:
                self.events[row["id"]] = self._record(row)
        if corrections:
            righted = record_correction(actor=SYSTEM, corrections=[c for _, c in corrections], reason="incorrect_data")
            self.events |= dict(zip([i for i, _ in corrections], righted, strict=True))
        return self

    def _changes(self, row: dict) -> dict:
        return {
            "things": self._things(row),
            "zone": self.zones.get(row.get("zone")),
            "zone_code": self.zones[row["zone"]].code_on(self._at(row)) if "zone" in row else "",
            "place": row["place"],
            "record_time": datetime.fromisoformat(row["record_time"]),
        }

    @staticmethod
    def _at(row: dict) -> datetime:
        return datetime.fromisoformat(row["time"])

    def _kind(self, row: dict) -> str:
        kind = KINDS[(row["type"], row["biz_step"])]
        if "zone" in row:
            return "harvest"
        if kind == "receive" and row["action"] == "ADD":
            return "source"
        return kind

    def _things(self, row: dict) -> tuple[Thing, ...]:
        things = []
        for role, field in (("I", "inputs"), ("O", "outputs"), ("C", "children")):
            for item in row.get(field, ()):
                if "sscc" in item:
                    things.append(Thing(role, unit=item["sscc"]))
                elif item["lot"] in self.lots:
                    lot = self.lots[item["lot"]]
                    seen = role if row["biz_step"] != "holding" else "X"
                    things.append(Thing(seen, lot, Decimal(str(item["qty"])), item["uom"]))
        if "sample" in row:
            item = row["sample"]
            things.append(Thing("S", self.lots[item["lot"]], Decimal(str(item["qty"])), item["uom"]))
        return tuple(things)

    def _record(self, row: dict) -> Event:
        at = self._at(row)
        zone = self.zones.get(row.get("zone"))
        draft = Draft(
            self._kind(row),
            at,
            self._things(row),
            step=row.get("step", ""),
            place=row["place"],
            actor_kind=row["actor"],
            zone=zone,
            zone_code=row.get("zone_code", "") or (zone.code_on(at) if zone else ""),
            unit=row.get("parent", ""),
            destination=row.get("destination", ""),
            order_ref=row.get("biz_transaction", ""),
        )
        new = [self._new(i) for i in row.get("outputs", ()) if i["lot"] not in self.lots]
        event = capture(actor=SYSTEM, draft=draft, new=new)
        for item in event.items.exclude(lot=None).select_related("lot"):
            self.lots.setdefault(item.lot.code, item.lot)
        return event

    def _new(self, item: dict) -> NewLot:
        spec = self.history["lots"][item["lot"]]
        grams = int(Decimal(str(spec["unit_kg"])) * 1000) if spec.get("unit_kg") else None
        return NewLot(
            code=item["lot"],
            kind="process" if spec["kind"] == "bought_in" else spec["kind"],
            product_name=spec["name_vi"],
            product_name_en=spec["name_en"],
            quantity=Decimal(str(item["qty"])),
            uom=item["uom"],
            gtin=spec.get("gtin") or "",
            producer_code="demo",
            producer_name="HTX Đăk Mar",
            unit_grams=grams,
        )

    def codes(self, ids) -> list[str]:
        return sorted(Lot.objects.filter(pk__in=ids).values_list("code", flat=True))
