"""Reading money."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from kernel.money import format_dong
from marketplace.payments import bank, vietqr
from marketplace.payments.domain import PREPAID, Method, Standing
from marketplace.payments.errors import CodTooHigh, CodTooMany, PaymentNotFound
from marketplace.payments.models import CodEntry, ManualMatch, Payment, Receipt, Refund


def payment_get(reference: str) -> Payment:
    """Raises: PaymentNotFound."""
    payment = Payment.objects.filter(reference=reference).first()
    if payment is None:
        raise PaymentNotFound
    return payment


def payment_find(reference: str) -> Payment | None:
    return Payment.objects.filter(reference=reference).first()


def methods() -> list[str]:
    """Ways to pay that are set up, cash on delivery first."""
    found = [Method.COD.value]
    if settings.VIETQR_BIN and settings.VIETQR_ACCOUNT:
        found.append(Method.VIETQR.value)
    if settings.STRIPE_SECRET_KEY:
        found.append(Method.CARD.value)
    return found


def is_prepaid(method: str) -> bool:
    return method in PREPAID


def cod_check(*, phone: str, amount: int) -> None:
    """May this phone number order so much on delivery? Raises: CodTooHigh, CodTooMany."""
    if amount > settings.COD_LIMIT:
        raise CodTooHigh(limit=format_dong(settings.COD_LIMIT))
    waiting = Payment.objects.filter(
        phone=phone, method=Method.COD, state=Payment.State.EXPECTED, is_closed=False
    ).count()
    if waiting >= settings.COD_OPEN_LIMIT:
        raise CodTooMany(count=waiting)


def receipts_with_problem() -> QuerySet[Receipt]:
    """What a person has to look at, newest first."""
    return Receipt.objects.exclude(problem="").select_related("payment")


def refunds_to_do() -> QuerySet[Refund]:
    """Refunds that a person has to transfer."""
    return Refund.objects.exclude(state=Refund.State.DONE).select_related("payment").order_by("id")


def refunds_of(reference: str) -> list[Refund]:
    return list(Refund.objects.filter(payment__reference=reference).order_by("id"))


def cod_entries(state: str = "") -> QuerySet[CodEntry]:
    found = CodEntry.objects.select_related("payment").order_by("-id")
    return found.filter(state=state) if state else found


@dataclass(frozen=True)
class TransferSlip:
    """Everything a buyer needs for a bank transfer."""

    bank: str
    account: str
    holder: str
    purpose: str
    amount: int
    payload: str
    path: str
    modules: int


def transfer_slip(reference: str) -> TransferSlip | None:
    """The VietQR of what is still owed for an order; None if nothing is, or transfers are not set up."""
    payment = payment_find(reference)
    if payment is None or payment.is_closed or not (settings.VIETQR_BIN and settings.VIETQR_ACCOUNT):
        return None
    owed = Standing(payment.amount, payment.received, payment.refunded).short
    if not owed:
        return None
    text = vietqr.payload(bank_bin=settings.VIETQR_BIN, account=settings.VIETQR_ACCOUNT, amount=owed, purpose=reference)
    path, modules = vietqr.qr_path(text)
    name = vietqr.BANKS.get(settings.VIETQR_BIN, settings.VIETQR_BIN)
    return TransferSlip(name, settings.VIETQR_ACCOUNT, settings.VIETQR_NAME, reference, owed, text, path, modules)


def receipts_of(reference: str) -> list[Receipt]:
    return list(Receipt.objects.filter(payment__reference=reference).order_by("id"))


def receipt_by_id(pk: int) -> Receipt | None:
    return Receipt.objects.filter(pk=pk).first()


def match_by_id(pk: int) -> ManualMatch | None:
    return ManualMatch.objects.filter(pk=pk).first()


def refund_by_id(pk: int) -> Refund | None:
    return Refund.objects.filter(pk=pk).first()


def unmatched() -> list[Receipt]:
    """Receipts without an order, newest first, with what was proposed for them."""
    return list(
        Receipt.objects.filter(payment__isnull=True).select_related(
            "manual_match__payment", "manual_match__proposed_by"
        )
    )


def statement_banks() -> list[str]:
    """Banks whose statements can be read."""
    return list(bank.BANKS)


def _in_parts(references: list[str], **wanted: Any) -> list[Payment]:
    return [
        payment
        for start in range(0, len(references), 500)
        for payment in Payment.objects.filter(reference__in=references[start : start + 500], **wanted)
    ]


def covered(references: list[str]) -> list[str]:
    """Which of these orders have all their money."""
    rows = _in_parts(references, received__gt=0)
    return [p.reference for p in rows if Standing(p.amount, p.received, p.refunded).is_covered]


def kept_by_closed(references: list[str]) -> list[str]:
    """Which of these (cancelled) orders still keep money."""
    return [p.reference for p in _in_parts(references, received__gt=0) if p.received > p.refunded]


def missing(references: list[str]) -> list[str]:
    """Which of these orders have no payment row."""
    known = {payment.reference for payment in _in_parts(references)}
    return [reference for reference in references if reference not in known]
