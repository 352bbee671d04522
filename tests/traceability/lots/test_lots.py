"""Lots: wrong input is refused by name, states move along their table, goods go out oldest first."""

from datetime import timedelta
from decimal import Decimal

import pytest

from kernel import clock
from kernel.actors import GUEST, SYSTEM, Actor
from kernel.errors import DomainError, NotPermitted
from tests.traceability.market import GTIN, at, day, pack_lot
from traceability.events.models import Event, Finding
from traceability.ledger.models import LogLine
from traceability.lots import selectors
from traceability.lots.domain import shown_state
from traceability.lots.models import Lot
from traceability.lots.services import (
    NewLot,
    lot_destroy,
    lot_give_back,
    lot_hold,
    lot_recall,
    lot_release,
    lot_take,
    record_harvest,
    record_pack,
    record_process,
    record_sale,
)
from traceability.recalls.selectors import destinations
from traceability.recalls.services import recall_open

HTX = Actor(label="user:7", roles=frozenset({"producer:dakmar"}))


def counts():
    return Event.objects.count(), Lot.objects.count(), LogLine.objects.count()


def harvest(code="HA-X", quantity="100", zone="Z01", when=30.0, actor=SYSTEM):
    spec = NewLot(code, "harvest", "quả", Decimal(quantity), producer_code="dakmar")
    return record_harvest(actor=actor, zone=zone, lot=spec, at=at(when))[1]


def repack(lot, **changes):
    """Open some packs and fill them anew under another code."""
    spec = {"code": "X", "gtin": GTIN, "packed_at": day(1), "expires_on": day(-30), "producer_code": "dakmar"} | changes
    new = NewLot(kind="pack", product_name="x", quantity=Decimal(5), uom="H87", **spec)
    return record_pack(actor=SYSTEM, inputs=[(lot, Decimal(5))], outputs=[new], at=at(1))


@pytest.mark.parametrize(
    ("call", "code"),
    [
        pytest.param(lambda lot: repack(lot, code=lot.code), "lot_code_taken", id="lot code twice"),
        pytest.param(lambda lot: harvest(quantity="0"), "quantity_not_positive", id="quantity 0"),
        pytest.param(lambda lot: harvest(quantity="0.0001"), "quantity_too_fine", id="too fine"),
        pytest.param(lambda lot: harvest(when=-1), "date_in_future", id="future"),
        pytest.param(lambda lot: harvest(zone="Z99"), "zone_unknown", id="unknown zone"),
        pytest.param(lambda lot: harvest(quantity="1098001"), "zone_overdrawn", id="beyond the zone"),
        pytest.param(lambda lot: harvest(code="Lô 1"), "lot_code_wrong", id="accents in a code"),
        pytest.param(lambda lot: repack(lot, gtin="09521234000014"), "gtin_wrong", id="check digit"),
        pytest.param(lambda lot: repack(lot, expires_on=day(2)), "dates_cross", id="use by before packing"),
        pytest.param(
            lambda lot: record_sale(actor=SYSTEM, goods=[(lot, Decimal(481))], order_ref="A", at=clock.now()),
            "lot_overdrawn",
            id="more than there is",
        ),
        pytest.param(
            lambda lot: record_sale(actor=SYSTEM, goods=[(lot, Decimal(1))], order_ref="A", at=at(60)),
            "before_it_was_made",
            id="before it was made",
        ),
    ],
)
def test_wrong_input_names_its_rule_and_nothing_is_half_written(lot, call, code):
    before = counts()

    with pytest.raises(DomainError) as caught:
        call(lot)

    assert caught.value.code == code
    assert caught.value.text
    assert counts() == before


def test_with_warnings_the_same_is_recorded_and_noted(lot, settings):
    settings.TRACE_MASS_BALANCE = "warn"
    harvest(quantity="1098001")
    record_sale(actor=SYSTEM, goods=[(lot, Decimal(500))], order_ref="A", at=clock.now())

    assert set(Finding.objects.values_list("rule", flat=True)) >= {"zone_overdrawn", "lot_overdrawn"}
    assert Lot.objects.get(pk=lot.pk).left == -20


def test_a_lapsed_code_is_noted_and_the_lot_still_traces(zones):
    spec = NewLot("HA-1", "harvest", "quả", Decimal(10), producer_code="x")
    event, _ = record_harvest(actor=SYSTEM, zone="Z06", lot=spec, at=at(20))

    assert event.findings.get().rule == "code_lapsed"


def test_a_yield_out_of_range_is_noted(zones):
    lot = harvest(quantity="100")
    spec = NewLot("DR-1", "process", "quả khô", Decimal(90), producer_code="dakmar")
    event, _ = record_process(
        actor=SYSTEM, inputs=[(lot, Decimal(100))], outputs=[spec], at=at(10), step="coffee_roasted.030_dry"
    )

    assert event.findings.get().params == {"ratio": "0.900", "min": "0.36", "max": "0.47"}


def test_only_the_producer_and_the_office_record(zones):
    harvest(actor=HTX)
    before = counts()

    for stranger in (GUEST, Actor(label="user:8", roles=frozenset({"producer:other"}))):
        with pytest.raises(NotPermitted):
            harvest(code="HA-Y", actor=stranger)
    assert counts() == before


def test_a_producer_may_hold_but_not_release(lot):
    lot_hold(actor=HTX, lot_id=lot.pk, reason="Gói hở mép")

    with pytest.raises(NotPermitted):
        lot_release(actor=HTX, lot_id=lot.pk)
    assert lot_release(actor=SYSTEM, lot_id=lot.pk).state == "on_sale"


@pytest.mark.parametrize(
    ("first", "then", "allowed"),
    [
        (lot_hold, lot_hold, False),
        (lot_hold, lot_recall, True),
        (lot_recall, lot_hold, False),
        (lot_recall, lot_destroy, True),
        (lot_destroy, lot_recall, False),
    ],
)
def test_states_move_along_their_table(lot, first, then, allowed):
    first(actor=SYSTEM, lot_id=lot.pk, reason="a")
    if allowed:
        then(actor=SYSTEM, lot_id=lot.pk, reason="b")
        return
    before = counts()
    with pytest.raises(DomainError):
        then(actor=SYSTEM, lot_id=lot.pk, reason="b")
    assert counts() == before


def test_a_recall_needs_a_reason(lot):
    with pytest.raises(DomainError) as caught:
        lot_recall(actor=SYSTEM, lot_id=lot.pk, reason=" ")

    assert caught.value.code == "reason_missing"


def test_each_state_is_an_event_with_its_words(lot):
    lot_hold(actor=SYSTEM, lot_id=lot.pk, reason="a")
    lot_release(actor=SYSTEM, lot_id=lot.pk)
    lot_recall(actor=SYSTEM, lot_id=lot.pk, reason="b")
    lot_destroy(actor=SYSTEM, lot_id=lot.pk, reason="c")
    words = Event.objects.order_by("-line_id").values_list("biz_step", "disposition")[:4]

    assert list(words)[::-1] == [
        ("holding", "non_sellable_other"),
        ("inspecting", "conformant"),
        ("holding", "recalled"),
        ("destroying", "destroyed"),
    ]
    assert Lot.objects.get(pk=lot.pk).left == 0


def test_the_worst_of_several_states_is_shown():
    past = {"expires_on": day(1), "today": clock.today()}

    assert shown_state(stored="recalled", left=0, whole=False, **past) == "recalled"
    assert shown_state(stored="held", left=0, whole=False, **past) == "cut"
    assert shown_state(stored="held", left=5, **past) == "held"
    assert shown_state(stored="on_sale", left=5, **past) == "expired"
    assert shown_state(stored="on_sale", left=0, expires_on=None, today=clock.today()) == "sold_out"


def test_the_oldest_fit_lot_goes_first(zones):
    pack_lot("NEW", packed=10)
    pack_lot("OLD", packed=90)
    pack_lot("PAST", packed=100, keeps=50)
    held = pack_lot("HELD", packed=95)
    lot_hold(actor=SYSTEM, lot_id=held.pk, reason="a")

    assert selectors.oldest_fit_lot(GTIN).code == "OLD"
    assert [lot.code for lot in selectors.lots_on_sale([GTIN])[GTIN]] == ["OLD", "NEW"]


def test_lots_of_many_products_are_read_in_one_query(zones, django_assert_num_queries):
    pack_lot("A")
    pack_lot("B", gtin="09521234000020")

    with django_assert_num_queries(1):
        found = selectors.lots_on_sale([GTIN, "9521234000020", "09521234000037"])
    assert {g: len(lots) for g, lots in found.items()} == {GTIN: 1, "9521234000020": 1, "09521234000037": 0}


def test_an_order_takes_from_several_lots_and_gives_back(zones):
    old = pack_lot("OLD", packed=90, pieces=3)
    new = pack_lot("NEW", packed=10, pieces=10)

    taken = lot_take(actor=SYSTEM, gtin=GTIN, quantity=5, order_ref="DH-1")
    again = lot_take(actor=SYSTEM, gtin=GTIN, quantity=5, order_ref="DH-1")

    assert [(t.code, t.quantity) for t in taken] == [("OLD", 3), ("NEW", 2)]
    assert again == taken
    assert [(info.code, n) for info, n in selectors.lots_of_order("DH-1")] == [("OLD", 3), ("NEW", 2)]
    lot_give_back(actor=SYSTEM, order_ref="DH-1")
    lot_give_back(actor=SYSTEM, order_ref="DH-1")
    assert [Lot.objects.get(pk=lot.pk).left for lot in (old, new)] == [3, 10]
    assert selectors.lots_of_order("DH-1") == []


def test_an_order_beyond_all_lots_takes_nothing(zones):
    pack_lot("OLD", pieces=3)
    before = counts()

    with pytest.raises(DomainError) as caught:
        lot_take(actor=SYSTEM, gtin=GTIN, quantity=4, order_ref="DH-1")

    assert caught.value.code == "nothing_left"
    assert caught.value.params["available"] == 3
    assert counts() == before


def test_a_given_lot_is_taken_and_no_other(zones):
    pack_lot("OLD", packed=90)
    new = pack_lot("NEW", packed=10)

    (taken,) = lot_take(actor=SYSTEM, gtin=GTIN, quantity=1, order_ref="DH-1", lot_id=new.pk)

    assert taken.code == "NEW"


def test_held_and_past_lots_are_not_sold(zones):
    past = pack_lot("PAST", packed=100, keeps=50)

    with pytest.raises(DomainError) as caught:
        record_sale(actor=SYSTEM, goods=[(past, Decimal(1))], order_ref="A", at=clock.now())

    assert caught.value.code == "lot_not_usable"


def test_a_recall_reaches_packs_made_of_the_cause_and_names_who_got_them(zones):
    lot = pack_lot("A1")
    other = pack_lot("A2")
    lot_take(actor=SYSTEM, gtin=GTIN, quantity=2, order_ref="DH-9", lot_id=lot.pk)
    cause = Lot.objects.get(code="HA-A1")

    recall = recall_open(actor=SYSTEM, cause_id=cause.pk, reason="Dư lượng")

    assert [r.lot.code for r in recall.lots.all()] == ["A1"]
    assert Lot.objects.get(pk=lot.pk).state == "recalled"
    assert Lot.objects.get(pk=other.pk).state == "on_sale"
    assert [(d.to, d.pieces) for d in destinations([lot.pk])] == [("DH-9", 2)]


def test_a_lot_is_found_by_code_in_any_case_and_by_short_code(lot):
    assert selectors.lot_get(gtin=GTIN, code="dm-2610-07").pk == lot.pk
    assert selectors.lots_named(lot.short_code.lower()) == [lot]


def test_the_same_code_may_name_lots_of_two_products(zones):
    first = pack_lot("A1")
    raw = harvest(quantity="10")
    spec = NewLot("A1", "pack", "x", Decimal(5), "H87", "09521234000020", producer_code="dakmar", packed_at=day(1))
    _, (second,) = record_pack(actor=SYSTEM, inputs=[(raw, Decimal(10))], outputs=[spec], at=at(1))

    assert (first.code, first.gtin) != (second.code, second.gtin) and second.code == "A1"


def test_dates_of_a_lot_on_its_last_day_count(zones):
    lot = pack_lot("T", packed=10, keeps=10)

    assert selectors.oldest_fit_lot(GTIN).code == "T"
    assert lot.expires_on == clock.today()
    assert clock.today() + timedelta(days=1) > lot.expires_on


def test_packing_from_a_held_lot_is_refused(zones):
    raw = harvest()
    lot_hold(actor=SYSTEM, lot_id=raw.pk, reason="chờ")

    with pytest.raises(DomainError) as caught:
        record_pack(
            actor=SYSTEM,
            inputs=[(raw, Decimal(10))],
            outputs=[NewLot("P", "pack", "x", Decimal(5), "H87", GTIN, producer_code="dakmar")],
            at=clock.now(),
        )
    assert caught.value.code == "lot_not_usable"
