"""The trace under load: 100,000 events of 20,000 lots, then backward traces and uncached passport pages.

Filled in bulk, with the same hashes, chain and derived rows that recording one by one would leave.
"""

from __future__ import annotations

import random
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.test import Client

from kernel import clock
from kernel.gs1 import gtin14, make_gtin13
from traceability.events.domain import WORDS
from traceability.events.models import Edge, Event, EventItem, Movement
from traceability.events.selectors import trace_back, trace_forward
from traceability.events.selectors.payload import hash_of, stored_hashes
from traceability.identifiers.domain import crockford, link_for
from traceability.ledger.services import chain_verify, lines_append
from traceability.lots.models import Lot
from traceability.lots.selectors import facts_of
from traceability.zones.models import RawMaterialZone

LOTS_A_GROUP, SALES_A_PACK = 8, 14
GROUPS_A_BATCH = 100


class Load:
    """Groups of eight lots: three harvests of two zones, merged, dried, roasted, packed in two sizes and sold."""

    def __init__(self, seed: int = 1) -> None:
        self.rng = random.Random(seed)
        self.zones = [
            RawMaterialZone.objects.get_or_create(
                key=f"BENCH{n}",
                defaults={"name_vi": f"Vùng {n}", "crop": "coffee_robusta", "area_ha": 100, "commune_name": "Xã Đăk Mar",
                          "commune_code": "23512"},
            )[0]
            for n in (1, 2)
        ]  # fmt: skip
        self.now = clock.now()

    def fill(self, lots: int = 20_000, out: Callable[[str], object] = print) -> None:
        missing = (lots - Lot.objects.count()) // LOTS_A_GROUP
        first = Lot.objects.count() // LOTS_A_GROUP
        start = time.monotonic()
        for batch in range(0, missing, GROUPS_A_BATCH):
            self._batch(range(first + batch, first + min(batch + GROUPS_A_BATCH, missing)))
        if missing > 0:
            out(f"filled: {Lot.objects.count()} lots, {Event.objects.count()} events, {time.monotonic() - start:.0f} s")

    @transaction.atomic
    def _batch(self, groups: range) -> None:
        made: list[list[Lot]] = [self._lots(g) for g in groups]
        Lot.objects.bulk_create([lot for group in made for lot in group], batch_size=500)
        events: list[Event] = []
        items: list[list[EventItem]] = []
        for group in made:
            for event, things in self._events(group):
                events.append(event)
                items.append(things)
        lines = lines_append([(e.event_id, hash_of(e, i)) for e, i in zip(events, items, strict=True)])
        for event, line in zip(events, lines, strict=True):
            event.line = line
        Event.objects.bulk_create(events, batch_size=500)
        for event, things in zip(events, items, strict=True):
            for item in things:
                item.event = event
        EventItem.objects.bulk_create([i for things in items for i in things], batch_size=500)
        self._derive(events, items)

    def _lots(self, group: int) -> list[Lot]:
        packed = (self.now - timedelta(days=self.rng.randint(5, 200))).date()
        kinds = ["harvest"] * 3 + ["process"] * 3 + ["pack"] * 2
        lots = []
        for n, kind in enumerate(kinds):
            pack = kind == "pack"
            lots.append(
                Lot(
                    gtin=gtin14(make_gtin13("952", 50_000 + group % 500 * 2 + n - 6)) if pack else "",
                    code=f"B{group}-{n}",
                    short_code=crockford(self.rng.getrandbits(40), 8),
                    kind=kind,
                    product_name="Cà phê bột",
                    product_name_en="Ground coffee",
                    producer_code="bench",
                    producer_name="HTX",
                    uom="H87" if pack else "KGM",
                    unit_grams=500 if pack else None,
                    made_milli=500_000,
                    left_milli=500_000 - (SALES_A_PACK * 1000 if pack else 500_000),
                    produced_at=packed - timedelta(days=0 if pack else 90 - n * 10),
                    packed_at=packed if pack else None,
                    expires_on=packed + timedelta(days=365) if pack else None,
                    created_at=self.now,
                )
            )
        return lots

    def _events(self, lots: list[Lot]):
        steps = "coffee_roasted.020_intake", "coffee_roasted.030_dry", "coffee_roasted.050_roast"
        for n, lot in enumerate(lots[:3]):
            zone = self.zones[n % 2]
            yield self._event("harvest", lot, [("O", lot)], step="coffee_roasted.010_harvest", zone=zone,
                              zone_code="BENCH", season="2026-10", facts={"percent": 95})  # fmt: skip
        sources = lots[:3]
        for n, lot in enumerate(lots[3:6]):
            yield self._event("process", lot, [*(("I", s) for s in sources), ("O", lot)], step=steps[n])
            sources = [lot]
        yield self._event("sample", lots[5], [("S", lots[5])], step="coffee_roasted.060_sample")
        yield self._event("test", lots[5], [("X", lots[5])], step="coffee_roasted.070_test")
        for lot in lots[6:]:
            yield self._event("pack", lot, [("I", lots[5]), ("O", lot)], step="coffee_roasted.080_pack")
            yield self._event("stock", lot, [("X", lot)])
            for _ in range(SALES_A_PACK):
                order = f"BENCH-{self.rng.getrandbits(40):010x}"
                yield self._event("sell", lot, [("C", lot)], order_ref=order, destination=order)

    def _event(self, kind: str, about: Lot, things: list[tuple[str, Lot]], **fields: Any):
        words = WORDS[kind]
        at = self.now - timedelta(days=(self.now.date() - about.produced_at).days, minutes=self.rng.randint(0, 500))
        event = Event(
            event_id=f"urn:uuid:{uuid.UUID(int=self.rng.getrandbits(128), version=4)}", kind=kind,
            event_type=words.event_type, action=words.action, biz_step=words.biz_step, disposition=words.disposition,
            event_time=at, record_time=self.now, recorded_by="bench", place="warehouse", **fields,
        )  # fmt: skip
        items = [
            EventItem(lot=lot, role=role, milli=None if role == "X" else 1000 if role in "CS" else 100_000,
                      uom="" if role == "X" else lot.uom, facts=facts_of(lot) if role == "O" else {})
            for role, lot in things
        ]  # fmt: skip
        return event, items

    @staticmethod
    def _derive(events: list[Event], items: list[list[EventItem]]) -> None:
        edges, moves = [], []
        for event, things in zip(events, items, strict=True):
            outs = [i.lot_id for i in things if i.role == "O"]
            edges += [Edge(parent_id=i.lot_id, child_id=o, event=event) for o in outs for i in things if i.role == "I"]
            if event.kind == "sell":
                moves += [
                    Movement(event=event, lot_id=i.lot_id, milli=i.milli, source=event.place, at=event.event_time,
                             destination=event.destination, order_ref=event.order_ref)
                    for i in things
                ]  # fmt: skip
        Edge.objects.bulk_create(edges, batch_size=500)
        Movement.objects.bulk_create(moves, batch_size=500)


def timed(call: Callable[[Any], object], subjects: list[Any]) -> dict[str, float]:
    """Milliseconds: p50, p95, worst, and the processor time of this process a call (what a busy machine hides)."""
    call(subjects[0])
    spent, cpu = [], time.process_time()
    for subject in subjects:
        start = time.perf_counter()
        call(subject)
        spent.append((time.perf_counter() - start) * 1000)
    cpu = (time.process_time() - cpu) * 1000 / len(subjects)
    spent.sort()
    return {
        "cpu_ms": round(cpu, 2),
        "p50_ms": round(spent[len(spent) // 2], 2),
        "p95_ms": round(spent[int(len(spent) * 0.95)], 2),
        "max_ms": round(spent[-1], 2),
    }


def run(*, lots: int = 20_000, out: Callable[[str], object] = print) -> list[dict[str, Any]]:
    """Fill what is missing, measure, print a table; returns the rows for the JSON file."""
    load = Load()
    load.fill(lots, out)
    rng = random.Random(2)
    packs = list(Lot.objects.filter(kind="pack", producer_code="bench").values_list("pk", "gtin", "code"))
    harvests = list(Lot.objects.filter(kind="harvest", producer_code="bench").values_list("pk", flat=True))
    some = rng.sample(packs, min(300, len(packs)))
    client = Client(headers={"host": "127.0.0.1"})
    cases = [
        ("backward trace", lambda lot: trace_back(lot[0]), some, 10),
        ("forward trace", trace_forward, rng.sample(harvests, min(300, len(harvests))), 10),
        ("passport page, uncached", lambda lot: client.get(link_for(lot[1], lot[2]).path), some[:150], 150),
    ]
    rows = []
    out(f"{connection.vendor}: {Event.objects.count()} events, {Lot.objects.count()} lots")
    out(f"{'case':<26}{'p50 ms':>10}{'p95 ms':>10}{'max ms':>10}{'cpu ms':>10}{'target p95':>12}")
    for name, call, subjects, target in cases:
        row = {"database": connection.vendor, "case": name, "target_p95_ms": target, **timed(call, subjects)}
        out(f"{name:<26}{row['p50_ms']:>10}{row['p95_ms']:>10}{row['max_ms']:>10}{row['cpu_ms']:>10}{target:>12}")
        rows.append(row)
    start = time.perf_counter()
    verdict = chain_verify(stored_hashes(), keep=False)
    spent = round(time.perf_counter() - start, 2)
    out(f"whole log of {verdict.size} lines verified in {spent} s: {'whole' if verdict.ok else verdict.broken}")
    rows.append({"database": connection.vendor, "case": "verify log", "lines": verdict.size, "seconds": spent,
                 "ok": verdict.ok})  # fmt: skip
    return rows
