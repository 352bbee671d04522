"""Expecting, receiving and giving back money; each key counts once."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from kernel import clock
from kernel.actors import SYSTEM, Actor
from kernel.outbox import services as outbox
from marketplace.payments.domain import Standing
from marketplace.payments.errors import AmountNotWhole, PaymentNotFound, RefundTooHigh
from marketplace.payments.models import Payment, Receipt, Refund
from marketplace.payments.signals import payment_changed, payment_covered, refund_paid

Problem = Receipt.Problem


def whole(amount: object) -> int:
    """`amount` as whole đồng above zero. Raises AmountNotWhole (a float is refused even if it is round)."""
    if isinstance(amount, bool) or not isinstance(amount, int) or amount < 1:
        raise AmountNotWhole
    return amount


def standing(payment: Payment) -> Standing:
    return Standing(payment.amount, payment.received, payment.refunded)


def payment_expect(
    *, reference: str, method: str, amount: int, phone: str = "", due_at: datetime | None = None
) -> Payment:
    """Open the account of an order; a second call returns the first."""
    payment = Payment.objects.filter(reference=reference).first() or Payment.objects.create(
        reference=reference, method=method, amount=amount, phone=phone, due_at=due_at
    )
    return payment


@transaction.atomic
def payment_adjust(*, reference: str, amount: int, key: str, reason: str) -> None:
    """The order became cheaper (a part was cancelled): expect less, and give back what came too much."""
    payment = _locked(reference)
    Payment.objects.filter(pk=payment.pk).update(amount=amount)
    payment.amount = amount
    over = standing(payment).over
    if amount and payment.received and payment.state == Payment.State.EXPECTED and standing(payment).is_covered:
        Payment.objects.filter(pk=payment.pk).update(state=Payment.State.RECEIVED, covered_at=clock.now())
        payment_covered.send(sender=Payment, reference=reference)
    if over:
        refund_request(reference=reference, amount=over, key=key, reason=reason)


@transaction.atomic
def payment_close(*, reference: str, key: str, reason: str) -> None:
    """The order has ended without a sale: everything that came goes back, and so does what still comes."""
    payment = _locked(reference)
    Payment.objects.filter(pk=payment.pk).update(is_closed=True, amount=0)
    kept = payment.received - payment.refunded
    if kept:
        refund_request(reference=reference, amount=kept, key=key, reason=reason)


@transaction.atomic
def receipt_add(
    *,
    key: str,
    source: str,
    amount: int,
    reference: str | None,
    content: str = "",
    received_at: datetime | None = None,
    actor: Actor = SYSTEM,
    provider_ref: str = "",
) -> Receipt:
    """Book money that came in. The same key a second time returns the first receipt and changes nothing.

    What does not fit is kept and marked: too little, too much, a second time, after the order had ended (that goes
    back by itself), or without an order (`unidentified`). Raises: AmountNotWhole.
    """
    whole(amount)
    payment = Payment.objects.select_for_update().filter(reference=reference or "").first()
    try:
        with transaction.atomic():
            receipt = Receipt.objects.create(
                key=key,
                source=source,
                payment=payment,
                amount=amount,
                content=content[:300],
                received_at=received_at or clock.now(),
                by=actor.user,
                problem="" if payment else Problem.UNIDENTIFIED,
            )
    except IntegrityError:
        return Receipt.objects.get(key=key)
    if payment is not None:
        book(receipt, payment, provider_ref)
    return receipt


def book(receipt: Receipt, payment: Payment, provider_ref: str = "") -> None:
    """Add a receipt to its payment and say what that means. The payment is locked."""
    before = standing(payment)
    Payment.objects.filter(pk=payment.pk).update(
        received=F("received") + receipt.amount, provider_ref=provider_ref or payment.provider_ref
    )
    payment.refresh_from_db()
    after = standing(payment)
    problem = ""
    if payment.is_closed:
        problem = Problem.LATE
    elif before.is_covered and before.amount:
        problem = Problem.DOUBLE
    elif after.over:
        problem = Problem.OVER
    elif after.short:
        problem = Problem.SHORT
    Receipt.objects.filter(pk=receipt.pk).update(problem=problem, payment=payment)
    receipt.problem, receipt.payment = problem, payment
    if payment.is_closed:
        refund_request(
            reference=payment.reference, amount=receipt.amount, key=f"late:{receipt.key}"[:160], reason="late"
        )
    elif after.is_covered and not before.is_covered:
        Payment.objects.filter(pk=payment.pk).update(state=Payment.State.RECEIVED, covered_at=clock.now())
        payment_covered.send(sender=Payment, reference=payment.reference)
        if after.over:
            refund_request(
                reference=payment.reference, amount=after.over, key=f"over:{receipt.key}"[:160], reason="over"
            )
    elif problem == Problem.DOUBLE:
        refund_request(
            reference=payment.reference, amount=receipt.amount, key=f"double:{receipt.key}"[:160], reason="double"
        )
    payment_changed.send(sender=Payment, reference=payment.reference, problem=problem)


@transaction.atomic
def refund_request(*, reference: str, amount: int, key: str, reason: str, send: bool = True) -> Refund:
    """Owe money back. Never more than was received: one guarded update decides, a CHECK stands behind it.

    The same key returns the first refund. Card refunds go out by the outbox (unless `send` is False: it was made
    there); transfers are done by a person.
    Raises: RefundTooHigh, PaymentNotFound, AmountNotWhole.
    """
    whole(amount)
    payment = _locked(reference)
    known = Refund.objects.filter(key=key).first()
    if known is not None:
        return known
    done = Payment.objects.filter(pk=payment.pk, received__gte=F("refunded") + amount).update(
        refunded=F("refunded") + amount
    )
    if not done:
        raise RefundTooHigh(left=payment.received - payment.refunded)
    payment.refresh_from_db()
    if payment.refunded == payment.received:
        Payment.objects.filter(pk=payment.pk).update(state=Payment.State.REFUNDED)
    refund = Refund.objects.create(payment=payment, key=key, amount=amount, reason=reason[:120])
    if send and payment.method == Payment.Method.CARD and payment.provider_ref:
        outbox.put(topic="payments.card_refund", key=f"refund:{refund.pk}", payload={"refund": refund.pk})
    payment_changed.send(sender=Payment, reference=reference, problem="")
    return refund


@transaction.atomic
def refund_done(*, refund_id: int, actor: Actor = SYSTEM, provider_ref: str = "") -> bool:
    """The money has left: said by the card service or by the person who made the transfer."""
    row = Refund.objects.filter(pk=refund_id)
    done = row.exclude(state=Refund.State.DONE).update(
        state=Refund.State.DONE, done_at=clock.now(), done_by=actor.user, provider_ref=provider_ref[:120]
    )
    if done:
        refund = row.select_related("payment").get()
        refund_paid.send(sender=Refund, reference=refund.payment.reference, refund_id=refund_id, amount=refund.amount)
    return bool(done)


@transaction.atomic
def refund_failed(*, refund_id: int, provider_ref: str = "") -> bool:
    """The card service refused; a person has to pay it back another way. It still counts as owed."""
    return bool(
        Refund.objects.filter(pk=refund_id, state=Refund.State.REQUESTED).update(
            state=Refund.State.FAILED, provider_ref=provider_ref[:120]
        )
    )


def _locked(reference: str) -> Payment:
    payment = Payment.objects.select_for_update().filter(reference=reference).first()
    if payment is None:
        raise PaymentNotFound
    return payment
