"""Holding, freeing and calling back lots; what people report."""

import pytest

from kernel.audit.models import AuditEntry
from tests.factories.people import browser, officer
from tests.marketplace.staff import report_on, stall
from traceability.lots.selectors import lots_on_sale
from traceability.recalls.models import Recall

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return browser(officer())


@pytest.fixture
def mine():
    return stall()


def _on_sale(mine):
    return bool(lots_on_sale([mine.product.gtin]).get(mine.product.gtin))


def test_a_lot_is_held_freed_and_called_back_at_once(office, mine):
    seen = []
    for step in ("giu", "tha", "thu-hoi"):
        office.post(f"/van-phong/lo/{mine.lot.pk}/{step}/", {"reason": f"vì {step}"})
        mine.lot.refresh_from_db()
        seen.append((mine.lot.state, _on_sale(mine)))

    assert seen == [("held", False), ("on_sale", True), ("recalled", False)]
    assert Recall.objects.get().reason == "vì thu-hoi"
    trail = AuditEntry.objects.filter(object_type="traceability_lots.lot", user__isnull=False)
    assert sorted(trail.values_list("verb", flat=True)) == [
        "traceability.lot.held", "traceability.lot.on_sale", "traceability.lot.recalled",
    ]  # fmt: skip


@pytest.mark.parametrize("step", ["giu", "thu-hoi"])
def test_stopping_a_lot_needs_a_reason(office, mine, step):
    answer = office.post(f"/van-phong/lo/{mine.lot.pk}/{step}/", {"reason": "  "}, follow=True)

    mine.lot.refresh_from_db()
    assert mine.lot.state == "on_sale" and not Recall.objects.exists()
    assert [m.level_tag for m in answer.context["messages"]] == ["error"]


def test_a_recalled_lot_does_not_come_back_on_sale(office, mine):
    office.post(f"/van-phong/lo/{mine.lot.pk}/thu-hoi/", {"reason": "mốc"})
    office.post(f"/van-phong/lo/{mine.lot.pk}/tha/", {"reason": "nhầm"})

    mine.lot.refresh_from_db()
    assert mine.lot.state == "recalled"


def test_a_report_is_closed_with_an_answer_only(office, mine):
    report = report_on(mine.lot)
    at = f"/van-phong/bao/{report.pk}/"
    assert "Gói hở" in office.get("/van-phong/bao/").content.decode()

    office.post(at, {"to": "done", "answer": " "})
    report.refresh_from_db()
    assert report.state != "done"

    office.post(at, {"to": "done", "answer": "Đã đổi gói mới."})
    report.refresh_from_db()
    assert (report.state, report.answer) == ("done", "Đã đổi gói mới.")
