"""Zones and lots of the demo market, recorded through the services as a cooperative would record them.

Every product of the register gets at least one lot with its chain; a few tell a special story: one recalled, one
expired, one held, one with corrected events, one of three harvests in two zones, one destroyed, one sold out.
"""

from __future__ import annotations

import csv
import json
import random
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from django.db import transaction

from catalog.products.models import Product
from config.demo.parts import trace_plan as plans
from config.demo.parts.trace_plan import Pack, Plan, amount
from kernel import clock
from kernel.actors import SYSTEM
from kernel.clock import HERE
from kernel.text import fold
from traceability.events.domain import Draft, Thing
from traceability.events.selectors.payload import stored_hashes
from traceability.identifiers.domain import crockford
from traceability.ledger.services import chain_verify
from traceability.lots.models import Lot
from traceability.lots.services import (
    Correction,
    NewLot,
    capture,
    draft_of,
    lot_destroy,
    lot_hold,
    record_correction,
    record_ship,
)
from traceability.recalls.services import recall_open
from traceability.zones.models import RawMaterialZone
from traceability.zones.services import zone_import

FIRST_INVENTED_ROW = 100_000
#: Row → what makes its lots special.
RECALLED, HELD, CORRECTED, MERGED, DESTROYED, SOLD_OUT, EXPIRED = 15, 24, 50, 5, 68, 44, 81
SECOND_LOT_EVERY = 4
ENOUGH = 130  # pieces of a lot: more than the demo shop has of any size, so that every order finds its lot


def seed(*, rng: random.Random, scale: int, out: Callable[[str], object]) -> None:
    zones = seed_zones()
    market = Market(rng)
    made = market.run()
    verdict = chain_verify(stored_hashes())
    out(
        f"  {zones} zones, {made} lots new, {verdict.size} lines in the trace log ({'whole' if verdict.ok else 'BROKEN'})"
    )


def seed_zones() -> int:
    with open(plans.DATA / "zones.csv", encoding="utf-8", newline="") as table:
        facts = {row["zone_id"]: row for row in csv.DictReader(table)}
    collection = json.loads((plans.DATA / "zones.geojson").read_text(encoding="utf-8"))
    return zone_import(actor=SYSTEM, collection=collection, facts=facts, source="zones.geojson")["zones"]


def packs_by_row() -> dict[int, list[Pack]]:
    """The sizes of every product of the register, by row."""
    found: dict[int, list[Pack]] = {}
    rows = Product.objects.exclude(gtin=None).exclude(gtin="").select_related("producer", "parent__producer")
    for product in rows.order_by("gtin"):
        page = product.parent or product
        row = page.register_row
        if row is None or row >= FIRST_INVENTED_ROW:
            continue
        producer = product.producer or page.producer
        found.setdefault(row, []).append(
            Pack(
                row=row,
                gtin=product.gtin.zfill(14),
                name=page.title,
                name_en=page.title_en,
                producer_code=producer.slug if producer else "",
                producer_name=producer.name if producer and not producer.is_placeholder else "",
                grams=product.net_g or product.net_ml or 500,
                shelf_days=page.shelf_life_days or 365,
            )
        )
    return found


class Market:
    """Records the lots, product by product, each in a short transaction of its own."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.today = clock.today()
        self.zones = {z.key: z for z in RawMaterialZone.objects.prefetch_related("codes")}
        self.months = {key: zone.months for key, zone in self.zones.items()}

    def run(self) -> int:
        before = Lot.objects.count()
        for row, packs in sorted(packs_by_row().items()):
            if row not in plans.product_rows() or Lot.objects.filter(gtin__in=[p.gtin for p in packs]).exists():
                continue
            with transaction.atomic():
                self.product(row, packs)
        return Lot.objects.count() - before

    def product(self, row: int, packs: list[Pack]) -> None:
        days_ago = 50 if row == 1 else self.rng.randint(12, 70)
        days_ago = max(2, min(days_ago, packs[0].shelf_days * 2 // 5))
        if row == EXPIRED:
            days_ago = packs[0].shelf_days + 20
        plan = self._plan(packs, days_ago)
        if plan is None:
            return
        plan.packs = [(packs[0], self._pieces(packs[0])), *((p, self._pieces(p)) for p in packs[1:])]
        lots = self._record(plan, "a")
        if row % SECOND_LOT_EVERY == 0 or row in (RECALLED, EXPIRED, DESTROYED, SOLD_OUT, HELD):
            fresh = self._plan(packs, 8 if row == EXPIRED else max(3, days_ago // 3))
            again = packs if row in (RECALLED, EXPIRED) else packs[:1]
            fresh.packs = [(pack, self._pieces(pack)) for pack in again]
            self._record(fresh, "b")
        self._special(row, plan, lots)

    def _plan(self, packs: list[Pack], days_ago: int) -> Plan | None:
        row = plans.product_rows()[packs[0].row]
        months = self.months.get(row["zones"].split(";")[0], list(range(1, 13)))
        return plans.plan_of(packs, self.rng, self.today, months, days_ago=days_ago)

    def _pieces(self, pack: Pack) -> int:
        """A batch of a small workshop: some tens of kilograms, more pieces of small packs."""
        if pack.row == 1:
            return 480
        usual = 60_000 // max(pack.grams, 50)
        if plans.product_rows()[pack.row]["crop"] in ("ginseng", "deer_antler", "bird_nest"):
            usual //= 4
        if plans.product_rows()[pack.row]["crop"] == "deer_antler":  # ninety stags give 225 kg a season
            return max(40, min(ENOUGH, 12_000 // pack.grams))
        return max(ENOUGH, min(480, usual)) // 10 * 10 + self.rng.randint(0, 9) * 2

    # -------------------------------------------------------------- the chain

    def _record(self, plan: Plan, turn: str) -> list[Lot]:
        first = plan.packs[0][0]
        maker = {"producer_code": first.producer_code, "producer_name": first.producer_name}
        mark = f"{plan.row}{turn}"
        parts = [Decimal("0.36"), Decimal("0.28"), Decimal("0.36")] if plan.row == MERGED else [Decimal(1)]
        if (
            plan.zones
            and plan.row != MERGED
            and plan.stages
            and plan.stages[0].key in MERGES
            and self.rng.random() < 0.4
        ):
            parts = [Decimal("0.55"), Decimal("0.45")]
        raw = plans.raw_needed(plan)
        batch = []
        for n, part in enumerate(parts):
            share = amount(raw * part, up=True) if plan.start_uom == "KGM" else raw
            batch.append(self._start(plan, mark, n, share, maker))
        when = self._at(plan.harvested, 16)
        made = [batch]
        for number, stage in enumerate(plan.stages):
            inputs = made[-1]
            last = number == len(plan.stages) - 1
            when = self._next(when, stage.step, plan.packed if last else None)
            made.append([self._stage(plan, stage, mark, inputs, when, maker)])
        source = made[-1]
        return self._pack(plan, mark, source, maker)

    def _start(self, plan: Plan, mark: str, n: int, quantity: Decimal, maker: dict) -> tuple[Lot, Decimal]:
        zone = (
            self.zones.get(plan.zones[min(n, len(plan.zones) - 1)] if n < 2 else plan.zones[-1]) if plan.zones else None
        )
        if plan.row == MERGED:
            zone = self.zones[("Z01", "Z01", "Z02")[n]]
        at = self._at(plan.harvested, 9 + 2 * n)
        name = (zone.crop_vi, zone.crop_en) if zone else ("nguyên liệu", "raw material")
        lot = NewLot(
            f"HA{mark}-{plan.harvested:%y%m%d}-{n + 1}", "harvest" if zone else "process", name[0], quantity,
            plan.start_uom, product_name_en=name[1], unit_grams=2400 if plan.start_uom == "H87" else None,
            short_code=self._short(), **maker,
        )  # fmt: skip
        draft = Draft(
            "harvest" if zone else "source", at, step=plan.start if zone or not _is_harvest(plan.start) else "",
            place=zone.key if zone else "", place_name=zone.name_vi if zone else "",
            actor_kind="household_group" if zone else "cooperative", zone=zone,
            zone_code=_code_on(zone, at) if zone else "", facts=self._facts(plan.start, zone), event_id=self._id(),
        )  # fmt: skip
        return self._capture(draft, [lot], quantity)

    def _stage(self, plan, stage, mark: str, inputs: list[tuple[Lot, Decimal]], when: datetime, maker: dict):
        things = [Thing("I", lot, quantity, lot.uom) for lot, quantity in inputs]
        total = sum((_mass(lot, quantity) for lot, quantity in inputs), Decimal(0))
        if stage.bought:
            more = (
                total * stage.bought
                if stage.key in ("infuse", "ferment")
                else total * stage.bought / (1 - stage.bought)
            )
            lot, quantity = self._buy(stage, mark, amount(more), when, maker)
            things.append(Thing("I", lot, quantity, lot.uom))
            if stage.key not in ("infuse", "ferment"):
                total += quantity
        out = amount(total * stage.ratio)
        step = plans.chains.step_of(stage.step)
        lot = NewLot(
            f"{stage.key[:4].upper()}{mark}-{when:%y%m%d}", "process", step["what_vi"], out, stage.uom,
            product_name_en=step["what_en"], short_code=self._short(), **maker,
        )  # fmt: skip
        draft = Draft(
            "process", when, tuple(things), step=stage.step, place=step["place_kind"], actor_kind=step["actor"],
            actor_name=maker["producer_name"], facts=self._facts(stage.step), event_id=self._id(),
        )  # fmt: skip
        return self._capture(draft, [lot], out)

    def _buy(self, stage, mark: str, quantity: Decimal, when: datetime, maker: dict) -> tuple[Lot, Decimal]:
        lot = NewLot(
            f"BX{mark}-{when:%y%m%d}", "process", (stage.bought_vi or "nguyên liệu mua vào")[:200], quantity,
            stage.bought_uom, product_name_en=stage.bought_en[:200], short_code=self._short(), **maker,
        )  # fmt: skip
        draft = Draft(
            "source", when - timedelta(days=2), actor_kind="processor", actor_name=maker["producer_name"],
            place="warehouse", event_id=self._id(),
        )  # fmt: skip
        return self._capture(draft, [lot], quantity)

    def _pack(self, plan: Plan, mark: str, source: list[tuple[Lot, Decimal]], maker: dict) -> list[Lot]:
        lot, left = source[0] if len(source) == 1 else (None, Decimal(0))
        family = plan.pack_step.rsplit(".", 1)[0]
        step = plans.chains.step_of(plan.pack_step)
        if lot is not None and lot.uom == "KGM" and left > 3:
            left -= self._test(family, lot, self._at(plan.packed, 8) - timedelta(days=3))
        packed: list[Lot] = []
        for n, (pack, pieces) in enumerate(plan.packs):
            need = Decimal(pack.grams) * pieces / 1000 / plan.pack_ratio
            uses = [(lot, min(amount(need, up=True), left))] if lot is not None else list(source)
            left -= uses[0][1] if lot is not None else Decimal(0)
            code = self._code(plan, pack, n, mark)
            new = NewLot(
                code, "pack", pack.name, Decimal(pieces), "H87", gtin=pack.gtin, product_name_en=pack.name_en,
                unit_grams=pack.grams, packed_at=plan.packed, produced_at=plan.packed,
                expires_on=plan.packed + timedelta(days=pack.shelf_days), short_code=self._short(), **maker,
            )  # fmt: skip
            draft = Draft(
                "pack", self._at(plan.packed, 14 + n), tuple(Thing("I", used, q, used.uom) for used, q in uses),
                step=plan.pack_step, place=step["place_kind"], actor_kind=step["actor"],
                actor_name=maker["producer_name"], facts=self._facts(plan.pack_step), event_id=self._id(),
            )  # fmt: skip
            packed.append(self._capture(draft, [new], Decimal(pieces))[0])
        for made in packed:
            at = self._at(plan.packed, 10) + timedelta(days=2)
            if at < clock.now():
                self._capture(Draft("stock", at, (Thing("X", made),), actor_kind="cooperative", place="warehouse",
                                    event_id=self._id()))  # fmt: skip
        return packed

    def _test(self, family: str, lot: Lot, at: datetime) -> Decimal:
        sample = next((s for s, step in plans.chains.family_steps(family) if step["key"] == "sample"), "")
        test = next((s for s, step in plans.chains.family_steps(family) if step["key"] == "test"), "")
        if not sample or at.date() < lot.produced_at:
            return Decimal(0)
        lab = {"lab_vi": "phòng kiểm nghiệm trình diễn", "lab_en": "the demo laboratory"}
        taken = Decimal("0.5")
        checks = self.rng.choice((7, 8, 9))
        self._capture(Draft("sample", at, (Thing("S", lot, taken, lot.uom),), step=sample, actor_kind="cooperative",
                            place="warehouse", facts=lab, event_id=self._id()))  # fmt: skip
        self._capture(Draft("test", at + timedelta(days=2), (Thing("X", lot),), step=test, actor_kind="lab",
                            place="laboratory", facts={**lab, "n_in": checks, "n_out": checks},
                            event_id=self._id()))  # fmt: skip
        return taken

    def _capture(self, draft: Draft, new: list[NewLot] | None = None, quantity: Decimal = Decimal(0)):
        record = min(draft.at + timedelta(minutes=self.rng.randint(20, 300)), clock.now())
        event = capture(actor=SYSTEM, draft=replace(draft, record_time=record), new=new or [])
        if not new:
            return event
        return event.items.select_related("lot").get(role="O").lot, quantity

    # -------------------------------------------------------------- special stories

    def _special(self, row: int, plan: Plan, lots: list[Lot]) -> None:
        first = lots[0]
        if row == RECALLED:
            cause = Lot.objects.filter(code__startswith=f"HA{row}a", producer_code=first.producer_code).first()
            recall_open(
                actor=SYSTEM, cause_id=cause.pk,
                reason="Mẫu lưu của đợt hái có dư lượng vượt mức cho phép.",
                reason_en="A kept sample of the picking shows residues above the limit.",
            )  # fmt: skip
        elif row == HELD:
            lot_hold(actor=SYSTEM, lot_id=first.pk, reason="Chờ kết quả đo độ ẩm của mật.",
                     reason_en="Waiting for the moisture reading of the honey.")  # fmt: skip
        elif row == DESTROYED:
            lot_destroy(actor=SYSTEM, lot_id=first.pk, reason="Kho mất điện hai ngày, hủy cả lô, có biên bản.",
                        reason_en="The store lost power for two days; the lot was destroyed, on record.")  # fmt: skip
        elif row == SOLD_OUT:
            self._ship(first, first.left, "showroom_kontum", "điểm bán Kon Tum")
        elif row == CORRECTED:
            self._correct(first)
        if row % 9 == 0 and row not in (RECALLED, DESTROYED):
            self._ship(first, Decimal(20), "showroom_mangden", "điểm bán Măng Đen")

    def _ship(self, lot: Lot, quantity: Decimal, to: str, name: str) -> None:
        lot.refresh_from_db()
        if lot.left < quantity or lot.state != "on_sale":
            return
        at = min(self._at(lot.packed_at, 8) + timedelta(days=4), clock.now())
        record_ship(actor=SYSTEM, destination=to, goods=[(lot, quantity)], at=at, place="warehouse",
                    actor_kind="cooperative", facts={"place_to_vi": name, "place_to_en": to}, event_id=self._id())  # fmt: skip

    def _correct(self, pack: Lot) -> None:
        """The harvest was written down with the weight of its baskets; both events that carry it are put right."""
        harvest = Lot.objects.filter(producer_code=pack.producer_code, code__startswith=f"HA{CORRECTED}a").first()
        wrong = harvest.items.get(role="O").event
        used = harvest.items.filter(role="I").select_related("event").first().event
        right = harvest.made - Decimal("1.5")
        corrections = []
        for event in (wrong, used):
            draft = draft_of(event)
            things = tuple(
                replace(t, quantity=right) if t.lot is not None and t.lot.pk == harvest.pk else t for t in draft.things
            )
            declared = event.record_time + timedelta(days=3)
            draft = replace(draft, things=things, event_id=self._id(), record_time=declared)
            corrections.append(Correction(event, draft, declared, self._id()))
        record_correction(actor=SYSTEM, corrections=corrections, reason="Cân cả giỏ, trừ bì 1,5 kg.")

    # -------------------------------------------------------------- small things

    def _code(self, plan: Plan, pack: Pack, n: int, mark: str) -> str:
        words = [w for w in fold(pack.name).replace("-", " ").split() if w[:1].isalpha()]
        initials = "".join(w[0] for w in words[-2:]).upper() or "LO"
        number = 7 if (plan.row, n, mark[-1]) == (1, 0, "a") else plan.row + n * 100
        return f"{initials}-{plan.packed:%y%m}-{number:02d}{'B' if mark[-1] == 'b' else ''}"

    def _facts(self, step: str, zone: RawMaterialZone | None = None) -> dict:
        facts = plans.facts_for(step, self.rng)
        if zone is not None and zone.units and zone.unit_kind in ("hive", "animal", "house"):
            facts["n_in"] = max(1, min(zone.units, self.rng.randint(4, 12)))
        if zone is not None:
            facts |= {"crop_vi": zone.crop_vi.lower(), "crop_en": zone.crop_en.lower()}
            facts["households"] = max(1, min(zone.households, self.rng.randint(3, 14)))
        return facts

    def _next(self, when: datetime, step: str, not_after: date | None) -> datetime:
        days = plans.step_facts()[step]["days"][1]
        then = (when + timedelta(days=max(days, 0.25))).replace(hour=self.rng.choice((9, 11, 14, 15)))
        then = max(then, when + timedelta(hours=2))
        if not_after is not None:  # the last step waits for the packing: goods keep better before it
            then = max(then, self._at(not_after, 9) - timedelta(days=5))
            then = max(min(then, self._at(not_after, 7) - timedelta(days=1)), when + timedelta(hours=2))
        return then

    @staticmethod
    def _at(day: date, hour: int) -> datetime:
        return datetime.combine(day, time(hour), HERE).astimezone(UTC)

    def _id(self) -> str:
        return f"urn:uuid:{uuid.UUID(int=self.rng.getrandbits(128), version=4)}"

    def _short(self) -> str:
        return crockford(self.rng.getrandbits(40), 8)


MERGES = {"intake", "wash", "wither", "strain", "sort", "boil", "pulp", "peel"}


def _is_harvest(step: str) -> bool:
    return (plans.chains.step_of(step) or {}).get("output") == "harvest_lot"


def _code_on(zone: RawMaterialZone, at: datetime) -> str:
    day = at.astimezone(HERE).date()
    codes = list(zone.codes.all())
    return next((c.code for c in codes if c.covers(day)), codes[0].code if codes else "")


def _mass(lot: Lot, quantity: Decimal) -> Decimal:
    """Kilograms (or litres) of a quantity."""
    return quantity * lot.unit_grams / 1000 if lot.uom == "H87" and lot.unit_grams else quantity
