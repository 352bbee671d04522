"""The ten worked histories: traces, zones, balances and destinations equal what was worked out by hand."""

from decimal import Decimal

import pytest

from kernel.actors import SYSTEM
from tests.traceability.story import Story, histories, import_demo_zones
from traceability.events import selectors
from traceability.events.derive import rebuild
from traceability.events.domain.balance import from_milli, yield_ratio
from traceability.events.models import Containment, Edge, Event, Finding, Movement
from traceability.events.selectors.payload import stored_hashes
from traceability.events.services import season_given
from traceability.ledger.services import chain_verify
from traceability.lots.errors import LotOverdrawn
from traceability.lots.models import Lot
from traceability.lots.services import NewLot, record_process

pytestmark = pytest.mark.django_db
NAMES = [f"H{n:02d}" for n in range(1, 11)]


@pytest.fixture
def story(request):
    import_demo_zones()
    return Story(histories()[request.param]).play()


def every(name):
    return pytest.mark.parametrize("story", NAMES, indirect=True, ids=NAMES)


all_histories = every("story")


@all_histories
def test_backward_and_forward_sets(story):
    expected = story.history["expected"]

    for code, lots in expected["backward"].items():
        assert story.codes(selectors.trace_back(story.lots[code].pk)) == sorted(lots), code
    for code, lots in expected["forward"].items():
        assert story.codes(selectors.trace_forward(story.lots[code].pk)) == sorted(lots), code


@all_histories
def test_zones_codes_and_shares(story):
    expected = story.history["expected"]

    for code, zones in expected["zones"].items():
        assert selectors.zones_of(story.lots[code].pk) == sorted(zones), code
    for code, codes in expected.get("zone_codes", {}).items():
        assert selectors.zone_codes_of(story.lots[code].pk) == sorted(codes), code
    for code, parts in expected.get("zone_shares", {}).items():
        found = selectors.zone_shares(story.lots[code].pk)
        assert found == {zone: Decimal(str(p)) for zone, p in parts.items()}, code


@all_histories
def test_balances_counted_from_events_and_kept_on_the_lot(story):
    for row in story.history["expected"]["balance"]:
        lot = Lot.objects.get(pk=story.lots[row["lot"]].pk)
        balance = selectors.balances_of([lot.pk])[lot.pk]
        wanted = [Decimal(str(row[k])) for k in ("made", "used", "sampled", "sold_or_shipped", "left")]
        found = [balance.made, balance.used, balance.sampled, balance.gone, balance.left]

        assert [from_milli(m) for m in found] == wanted, row["lot"]
        assert (lot.made, lot.left) == (wanted[0], wanted[4]), row["lot"]


@all_histories
def test_where_goods_went_and_where_they_are(story):
    expected = story.history["expected"]

    for code, rows in expected.get("ship_to", {}).items():
        wanted = {(r["to"], Decimal(str(r["qty"]))) for r in rows}
        assert {(to, from_milli(m)) for to, m in selectors.sent_to(story.lots[code].pk)} == wanted, code
    for code, places in expected.get("at_place", {}).items():
        found = {p: from_milli(m) for p, m in selectors.whereabouts(story.lots[code].pk).items()}
        assert found == {p: Decimal(str(q)) for p, q in places.items()}, code


@all_histories
def test_yields_seasons_and_warnings(story):
    expected = story.history["expected"]

    for row in expected.get("transformations", ()):
        items = list(story.events[row["event"]].items.select_related("lot"))
        masses = {role: [i.lot.kg(i.milli) for i in items if i.role == role] for role in "IO"}
        assert sum(masses["I"]) == Decimal(str(row["input"])), row["event"]
        assert sum(masses["O"]) == Decimal(str(row["output"])), row["event"]
        assert yield_ratio(masses["I"], masses["O"]) == Decimal(str(row["ratio"])), row["event"]
    for row in expected.get("zone_season", ()):
        zone = story.zones[row["zone"]]
        assert season_given(zone, "2025-10") == row["kg"], row["zone"]
    names = {event.pk: name for name, event in story.events.items()}
    found = set()
    for finding in Finding.objects.select_related("lot").exclude(rule="yield_out_of_range"):
        found.add(f"{finding.rule}: {finding.lot.code if finding.lot else names[finding.event_id]}")
    assert found == set(expected.get("warnings", ()))


@all_histories
def test_rebuilding_the_derived_tables_gives_identical_rows(story):
    def rows():
        return (
            sorted(Edge.objects.values_list("parent", "child", "event")),
            sorted(Containment.objects.values_list("unit", "lot", "child_unit", "milli", "since", "until"), key=str),
            sorted(Movement.objects.values_list("event", "lot", "milli", "source", "destination", "onward", "at")),
        )

    before = rows()
    counts = rebuild()

    assert rows() == before
    assert counts["edges"] == len(before[0])


@all_histories
def test_the_chain_of_every_history_is_whole(story):
    verdict = chain_verify(stored_hashes())

    assert verdict.ok
    assert verdict.size == Event.objects.count()


@pytest.mark.parametrize("story", ["H03"], indirect=True)
def test_a_draw_beyond_what_is_left_is_refused_and_leaves_no_event(story):
    refused = story.history["expected"]["refused"][0]
    lot = story.lots["SD-260114"]
    before = (Event.objects.count(), Lot.objects.count())

    with pytest.raises(LotOverdrawn) as caught:
        record_process(
            actor=SYSTEM,
            inputs=[(lot, Decimal(refused["asked"]))],
            outputs=[NewLot("BO-X", "process", "bột", Decimal(20), producer_code="demo")],
            at=story.events["E07"].event_time,
        )

    assert caught.value.code == refused["rule"]
    assert caught.value.params["available"] == str(refused["available"])
    assert (Event.objects.count(), Lot.objects.count()) == before
    assert Lot.objects.get(pk=lot.pk).left == refused["available"]


def test_before_its_correction_the_fifth_history_names_two_zones(db):
    import_demo_zones()
    story = Story(histories()["H05"]).play(until="E06")
    expected = story.history["expected"]

    assert selectors.zones_of(story.lots["PK-5"].pk) == expected["zones_before_correction"]["PK-5"]
    story = Story(histories()["H05"])
    assert Event.objects.filter(error_of__isnull=False).count() == 0


@pytest.mark.parametrize("story", ["H05"], indirect=True)
def test_a_correction_keeps_the_wrong_events_and_their_declarations(story):
    voided = {name for name, e in story.events.items() if Event.objects.filter(error_of=e).exists()}

    assert voided == set(story.history["expected"]["voided"])
    assert Event.objects.count() == 9
    assert story.events["E08"].corrects == story.events["E01"]


@pytest.mark.parametrize("story", ["H10"], indirect=True)
def test_a_service_makes_no_lot_and_stays_out_of_the_trace(story):
    services = {n for n, e in story.events.items() if e.kind == "service"}

    assert services == set(story.history["expected"]["service_records"])
    assert Lot.objects.count() == 1
