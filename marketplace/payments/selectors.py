"""Reading money."""

from django.conf import settings
from django.db.models import QuerySet

from kernel.money import format_dong
from marketplace.payments.domain import PREPAID, Method
from marketplace.payments.errors import CodTooHigh, CodTooMany, PaymentNotFound
from marketplace.payments.models import CodEntry, Payment, Receipt, Refund


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
