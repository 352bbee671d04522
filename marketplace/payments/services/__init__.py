"""Everything that changes money."""

from marketplace.payments.services.cod import cod_collect, cod_due, cod_refuse, cod_remit
from marketplace.payments.services.core import (
    payment_adjust,
    payment_close,
    payment_expect,
    receipt_add,
    refund_done,
    refund_failed,
    refund_request,
)

__all__ = [
    "cod_collect",
    "cod_due",
    "cod_refuse",
    "cod_remit",
    "payment_adjust",
    "payment_close",
    "payment_expect",
    "receipt_add",
    "refund_done",
    "refund_failed",
    "refund_request",
]
