"""Bytes changed, rows deleted, slipped in or cut off by SQL: the first bad event is named, exit code 1."""

import json

import pytest
from django.core.management import call_command
from django.db import connection

from tests.traceability.market import pack_lot
from traceability.events.models import Event, EventItem
from traceability.ledger import signing
from traceability.ledger.domain import canonical, head_message, link_hash
from traceability.ledger.models import Check, LogHead, LogLine
from traceability.lots.models import Lot
from traceability.lots.tasks import check_trace_log

pytestmark = pytest.mark.django_db


@pytest.fixture
def log(zones):
    """Six events of three lots."""
    for code in ("A1", "A2", "A3"):
        pack_lot(code)
    return list(Event.objects.order_by("line_id"))


def sql(text, *values):
    with connection.cursor() as cursor:
        cursor.execute(text, values)


def verify(capsys, **options) -> tuple[int, dict]:
    code = 0
    try:
        call_command("verify_trace", json=True, **options)
    except SystemExit as stop:
        code = stop.code
    return code, json.loads(capsys.readouterr().out)


def test_a_whole_log(log, capsys):
    code, told = verify(capsys)

    assert (code, told["ok"], told["size"], told["broken"]) == (0, True, 6, None)
    assert Check.objects.get().ok
    assert LogHead.objects.get().checked_ok


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE traceability_events_event SET place_name = 'x' WHERE id = %s",
        "UPDATE traceability_events_event SET event_time = '2020-01-01 00:00:00' WHERE id = %s",
        "UPDATE traceability_events_event SET facts = '{\"percent\": 99}' WHERE id = %s",
        "UPDATE traceability_events_eventitem SET milli = milli + 1 WHERE event_id = %s",
        "DELETE FROM traceability_events_eventitem WHERE event_id = %s",
    ],
)
def test_a_changed_byte_names_the_event(log, capsys, change):
    sql(change, log[2].pk)
    code, told = verify(capsys)

    assert code == 1
    assert told["broken"] == {"kind": "changed", "seq": 3, "event_id": log[2].event_id}


def test_a_renamed_lot_is_a_changed_event(log, capsys):
    sql("UPDATE traceability_lots_lot SET code = 'B2' WHERE code = 'A2'")
    _, told = verify(capsys)

    assert told["broken"]["event_id"] == log[3].event_id


def test_a_deleted_event_is_named(log, capsys):
    event = log[3]
    remove(event)
    code, told = verify(capsys)

    assert code == 1
    assert told["broken"] == {"kind": "deleted", "seq": 4, "event_id": event.event_id}


def test_an_event_deleted_with_its_line_is_noticed(log, capsys):
    event = log[3]
    remove(event)
    sql("DELETE FROM traceability_ledger_logline WHERE seq = 4")
    code, told = verify(capsys)

    assert (code, told["broken"]["kind"], told["broken"]["seq"]) == (1, "deleted", 4)


def test_a_cut_tail_is_noticed(log, capsys):
    cut_tail(log[-1])
    code, told = verify(capsys)

    assert (code, told["broken"]["kind"], told["broken"]["seq"]) == (1, "cut", 6)


def remove(event):
    for table in ("edge", "finding", "eventitem"):
        sql(f"DELETE FROM traceability_events_{table} WHERE event_id = %s", event.pk)
    sql("DELETE FROM traceability_events_event WHERE id = %s", event.pk)


def cut_tail(event):
    remove(event)
    sql("DELETE FROM traceability_ledger_logline WHERE seq = %s", event.line_id)


def test_a_cut_tail_with_a_shortened_head_breaks_its_signature(log, capsys):
    cut_tail(log[-1])
    sql("UPDATE traceability_ledger_loghead SET size = 5, head = %s", LogLine.objects.get(seq=5).line_hash)
    code, told = verify(capsys)

    assert (code, told["broken"]["kind"]) == (1, "head_forged")


def test_a_log_rolled_back_with_its_old_signed_head_is_found_by_a_checkpoint(log, capsys, tmp_path):
    before = LogHead.objects.get()
    line = LogLine.objects.get(seq=5)
    old = (5, line.line_hash, signing.sign(head_message(5, line.line_hash)))
    path = tmp_path / "head.json"
    call_command("export_checkpoint", output=str(path))
    assert json.loads(path.read_text())["size"] == before.size == 6
    cut_tail(log[-1])
    sql("UPDATE traceability_ledger_loghead SET size = %s, head = %s, signature = %s", *old)

    assert verify(capsys)[0] == 0
    code, told = verify(capsys, checkpoint=str(path))

    assert (code, told["broken"]) == (1, {"kind": "cut", "seq": 6, "event_id": ""})


def test_a_rewritten_chain_differs_from_the_checkpoint(log, capsys, tmp_path):
    path = tmp_path / "head.json"
    call_command("export_checkpoint", output=str(path))
    prev = LogLine.objects.get(seq=5).line_hash
    forged = link_hash(prev, 6, log[5].event_id, "0" * 64)
    sql("UPDATE traceability_ledger_logline SET event_hash = %s, line_hash = %s WHERE seq = 6", "0" * 64, forged)
    _, told = verify(capsys, checkpoint=str(path))

    assert told["broken"]["event_id"] == log[5].event_id


def test_a_checkpoint_with_a_foreign_signature_is_refused(log, capsys, tmp_path):
    path = tmp_path / "head.json"
    call_command("export_checkpoint", output=str(path))
    told = json.loads(path.read_text()) | {"size": 5}
    path.write_text(json.dumps(told))

    assert verify(capsys, checkpoint=str(path))[1]["broken"]["kind"] == "checkpoint_forged"


def test_an_event_slipped_in_without_a_line_is_named(log, capsys):
    last = log[-1]
    sql(
        "INSERT INTO traceability_events_event (seq, event_id, kind, event_type, action, biz_step, disposition, "
        "event_time, tz, record_time, step, place, place_name, actor_kind, actor_name, recorded_by, zone_code, "
        "season, unit, destination, order_ref, facts, reason) SELECT 7, 'urn:uuid:fake', kind, event_type, action, "
        "biz_step, disposition, event_time, tz, record_time, step, place, place_name, actor_kind, actor_name, "
        "recorded_by, zone_code, season, unit, destination, order_ref, facts, reason FROM traceability_events_event "
        "WHERE id = %s",
        last.pk,
    )
    code, told = verify(capsys)

    assert (code, told["broken"]) == (1, {"kind": "inserted", "seq": 7, "event_id": "urn:uuid:fake"})


def test_a_vanished_head_is_noticed(log, capsys):
    sql("DELETE FROM traceability_ledger_loghead")

    assert verify(capsys)[1]["broken"]["kind"] == "no_head"


def test_rows_refuse_to_be_saved_or_deleted(log):
    for row in (log[0], EventItem.objects.first()):
        with pytest.raises(TypeError):
            row.save()
        with pytest.raises(TypeError):
            row.delete()


def test_canonical_form_does_not_depend_on_order_zone_or_trailing_zeros():
    from datetime import datetime
    from decimal import Decimal

    a = {"b": Decimal("1.50"), "a": datetime.fromisoformat("2026-11-24T09:00:00+07:00"), "c": "Đăk Hà"}
    b = {"c": "Đăk Hà", "a": datetime.fromisoformat("2026-11-24T02:00:00+00:00"), "b": 1.5}

    assert canonical(a) == canonical(b)


def test_the_hourly_check_holds_what_was_made_of_a_changed_harvest(log, capsys):
    sql("UPDATE traceability_events_event SET place_name = 'x' WHERE id = %s", log[2].pk)

    check_trace_log()
    check_trace_log()

    states = dict(Lot.objects.filter(kind="pack").values_list("code", "state"))
    assert states == {"A1": "on_sale", "A2": "held", "A3": "on_sale"}
    assert Check.objects.first().broken_event_id == log[2].event_id


def test_the_hourly_check_leaves_a_whole_log_alone(log):
    check_trace_log()

    assert not Lot.objects.exclude(state="on_sale").exists()
