"""The demo market's lots: enough of them, with their special stories, whole and the same each time."""

import random

import pytest

from config.demo.parts import trace, trace_plan
from kernel.gs1 import gtin14, make_gtin13
from traceability.events.models import Event, Finding
from traceability.events.selectors import zones_of
from traceability.events.selectors.payload import stored_hashes
from traceability.ledger.services import chain_verify
from traceability.lots.models import Lot
from traceability.lots.selectors import lot_state
from traceability.passports.selectors import passport_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def some_packs(rows=None):
    found = {}
    for row, facts in trace_plan.product_rows().items():
        if rows and row not in rows:
            continue
        name = facts["product_name"]
        pack = trace_plan.Pack(
            row, gtin14(make_gtin13("952", row * 10 + 1)), name, name, f"maker-{row}", facts["producer_name"], 250, 365
        )
        found[row] = [pack]
    return found


def play(monkeypatch, rows=None):
    lines = []
    monkeypatch.setattr(trace, "packs_by_row", lambda: some_packs(rows))
    trace.seed(rng=random.Random("1:trace"), scale=1, out=lines.append)
    return lines


def test_the_whole_market_and_its_special_lots(monkeypatch):
    lines = play(monkeypatch)
    packs = list(Lot.objects.filter(kind="pack"))
    states = {lot_state(lot) for lot in packs}

    assert "whole" in lines[0]
    assert len(packs) >= 80
    assert {"on_sale", "sold_out", "held", "recalled", "expired", "destroyed"} <= states
    assert Event.objects.filter(error_of__isnull=False).count() == 2
    assert chain_verify(stored_hashes()).ok
    assert not Finding.objects.filter(rule__in=("lot_overdrawn", "zone_overdrawn")).exists()
    merged = Lot.objects.get(gtin=some_packs([5])[5][0].gtin, code__endswith="-05")
    assert zones_of(merged.pk) == ["Z01", "Z02"]
    harvests = Event.objects.filter(kind="harvest", items__lot__producer_code="maker-5")
    assert harvests.count() == 3
    for lot in packs:
        recorded = trace_plan.product_rows()[int(lot.producer_code.split("-")[1])]["zones"] != "unrecorded"
        passport = passport_of(lot, "vi")
        assert bool(zones_of(lot.pk)) == recorded, lot.code
        assert (passport.origin == "unrecorded") == (not recorded), lot.code
        assert passport.proof.whole and passport.proof.lines >= 3, lot.code


def test_a_second_run_adds_nothing(monkeypatch):
    play(monkeypatch, rows={1, 15})
    before = (Lot.objects.count(), Event.objects.count())

    play(monkeypatch, rows={1, 15})

    assert (Lot.objects.count(), Event.objects.count()) == before
