"""Taking in a register file: one transaction, short because everything was read and checked before."""

from typing import Any

from django.db import transaction

from catalog.certification import services as certification
from catalog.feeds.domain import LEGAL_FORMS, RECOGNISED, Row
from catalog.feeds.errors import RegisterHasErrors
from catalog.feeds.models import RegisterEntry
from catalog.feeds.policies import can_import_register
from catalog.feeds.selectors import CHANGED, NEW, Plan, PlannedRow
from catalog.producers import services as producers
from catalog.products import services as products
from kernel.actors import Actor
from kernel.policies import require

# Columns of the register that decide about columns of the product, or about its reported certificate.
PLACE_COLUMNS = {"district_code", "commune_code_2025"}
CERTIFICATE_COLUMNS = {
    "stars", "score", "year_recognised", "decision_no", "status", "product_code", "note", "source_url",
}  # fmt: skip


@transaction.atomic
def register_apply(*, actor: Actor, plan: Plan) -> dict[str, int]:
    """Write a plan: products, producers, reported certificates. A plan without news writes nothing.

    Raises NotPermitted, RegisterHasErrors.
    """
    require(can_import_register(actor))
    if plan.errors:
        raise RegisterHasErrors(count=len(plan.errors))
    fresh = [planned for planned in plan.rows if planned.action == NEW]
    changed = [planned for planned in plan.rows if planned.action == CHANGED]
    if fresh:
        _create(actor, plan, fresh)
    for planned in changed:
        _change(actor, plan, planned)
    return {NEW: len(fresh), CHANGED: len(changed)}


def _create(actor: Actor, plan: Plan, fresh: list[PlannedRow]) -> None:
    makers = producers.producers_ensure(actor=actor, wanted=_producers_of(plan, [one.row for one in fresh]))
    made = products.products_register(
        actor=actor,
        rows=[
            {
                "title": one.row.cells["product_name"],
                "registered_name": one.row.cells["product_name"],
                "register_row": one.row.number,
                "register_key": one.row.key,
                "set_number": int(one.row.cells["suggested_set_no"]),
                "producer": makers[one.row.cells["producer_name"]],
                **_place_of(plan, one.row),
            }
            for one in fresh
        ],
    )
    RegisterEntry.objects.bulk_create(
        [RegisterEntry(key=one.row.key, product=made[one.row.key], facts=one.row.cells) for one in fresh],
        batch_size=500,
    )
    certification.certificates_report(
        actor=actor,
        reports={made[one.row.key].pk: report for one in fresh if (report := _report_of(one.row)) is not None},
    )


def _change(actor: Actor, plan: Plan, planned: PlannedRow) -> None:
    entry, row = planned.entry, planned.row
    assert entry is not None
    columns: dict[str, Any] = {"register_key": row.key}
    if "product_name" in planned.changes:
        columns["registered_name"] = row.cells["product_name"]
    if "suggested_set_no" in planned.changes:
        columns["set_number"] = int(row.cells["suggested_set_no"])
    if "producer_name" in planned.changes:
        makers = producers.producers_ensure(actor=actor, wanted=_producers_of(plan, [row]))
        columns["producer"] = makers[row.cells["producer_name"]]
    if PLACE_COLUMNS & planned.changes.keys():
        columns |= _place_of(plan, row)
    products.product_change(actor=actor, product=entry.product, **columns)
    if CERTIFICATE_COLUMNS & planned.changes.keys():
        certification.certificates_report(actor=actor, reports={entry.product_id: _report_of(row)})
    entry.key, entry.facts = row.key, row.cells
    entry.save()


def _producers_of(plan: Plan, rows: list[Row]) -> dict[str, dict[str, Any]]:
    """Producers by name with the columns of a new one: legal form, and the first commune that a row gives."""
    wanted: dict[str, dict[str, Any]] = {}
    for row in rows:
        columns = wanted.setdefault(row.cells["producer_name"], {})
        if not row.cells["producer_name"]:
            continue
        columns.setdefault("legal_form", LEGAL_FORMS[row.cells["producer_type"]])
        commune = plan.codes.communes.get(row.cells["commune_code_2025"])
        if commune and "commune_id" not in columns:
            columns["commune_id"] = commune
    return wanted


def _place_of(plan: Plan, row: Row) -> dict[str, int | None]:
    new = row.cells["commune_code_2025"]
    district = plan.codes.districts.get(row.cells["district_code"]) or plan.codes.district_of_commune.get(new)
    return {"commune_id": plan.codes.communes.get(new), "district_id": district}


def _report_of(row: Row) -> dict[str, Any] | None:
    """The history that a recognised row gives; other rows give none."""
    cells = row.cells
    if cells["status"] != RECOGNISED:
        return None
    return {
        "stars": int(cells["stars"]),
        "score": cells["score"][:20],
        "year_reported": int(cells["year_recognised"]) if cells["year_recognised"] else None,
        "decision_number": cells["decision_no"][:80],
        "source_url": cells["source_url"],
        "note": "; ".join(filter(None, [cells["product_code"], cells["note"]])),
    }
