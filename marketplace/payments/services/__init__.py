"""Everything that changes money."""

from marketplace.payments.services.bank import (
    credit_book,
    match_confirm,
    match_drop,
    match_propose,
    statement_import,
)
from marketplace.payments.services.card import event_take, refunds_send_again, session_open, sessions_check
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
    "credit_book",
    "event_take",
    "match_confirm",
    "match_drop",
    "match_propose",
    "payment_adjust",
    "payment_close",
    "payment_expect",
    "receipt_add",
    "refund_done",
    "refund_failed",
    "refund_request",
    "refunds_send_again",
    "session_open",
    "sessions_check",
    "statement_import",
]
