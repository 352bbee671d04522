"""Writing about lots. Noun first, keyword-only, actor first; every write is one transaction with its event."""

from traceability.lots.services.capture import NewLot, capture
from traceability.lots.services.corrections import Correction, draft_of, record_correction
from traceability.lots.services.recording import (
    record_box,
    record_harvest,
    record_pack,
    record_process,
    record_receive,
    record_sale,
    record_sample,
    record_service,
    record_ship,
    record_source,
    record_stock,
    record_test,
    record_unbox,
    serials_add,
)
from traceability.lots.services.sale import Taken, lot_give_back, lot_take
from traceability.lots.services.states import lot_destroy, lot_hold, lot_recall, lot_release, lots_guard

__all__ = [
    "Correction",
    "NewLot",
    "Taken",
    "capture",
    "draft_of",
    "lot_destroy",
    "lot_give_back",
    "lot_hold",
    "lot_recall",
    "lot_release",
    "lot_take",
    "lots_guard",
    "record_box",
    "record_correction",
    "record_harvest",
    "record_pack",
    "record_process",
    "record_receive",
    "record_sale",
    "record_sample",
    "record_service",
    "record_ship",
    "record_source",
    "record_stock",
    "record_test",
    "record_unbox",
    "serials_add",
]
