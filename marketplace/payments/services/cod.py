"""Cash on delivery: who has the money now."""

from django.db import transaction

from kernel import clock
from kernel.actors import SYSTEM, Actor
from kernel.audit import services as audit
from marketplace.payments.models import CodEntry, Payment, Receipt
from marketplace.payments.services.core import receipt_add
from marketplace.payments.signals import cod_moved

State = CodEntry.State


def cod_due(*, order_reference: str, reference: str, amount: int) -> None:
    """One delivery (a seller's part of an order) will bring this much cash."""
    if not CodEntry.objects.filter(reference=reference).update(amount=amount):
        payment = Payment.objects.get(reference=order_reference)
        CodEntry.objects.create(reference=reference, payment=payment, amount=amount)


@transaction.atomic
def cod_collect(*, reference: str, actor: Actor = SYSTEM) -> bool:
    """The buyer has paid the carrier or the counter. False if that was known, or there is nothing to collect."""
    if not _move(reference, State.DUE, State.COLLECTED, collected_at=clock.now()):
        return False
    entry = CodEntry.objects.select_related("payment").get(reference=reference)
    if entry.amount:
        receipt_add(
            key=f"cod:{reference}",
            source=Receipt.Source.CASH,
            amount=entry.amount,
            reference=entry.payment.reference,
            actor=actor,
        )
    return True


@transaction.atomic
def cod_remit(*, reference: str, actor: Actor) -> bool:
    """The carrier has handed the cash to the market."""
    moved = _move(reference, State.COLLECTED, State.REMITTED, remitted_at=clock.now())
    if moved:
        audit.record(actor, "payments.cod.remitted", CodEntry.objects.get(reference=reference))
    return moved


@transaction.atomic
def cod_refuse(*, reference: str) -> bool:
    """The parcel was refused: no cash will come."""
    return _move(reference, State.DUE, State.REFUSED)


def _move(reference: str, old: str, new: str, **fields: object) -> bool:
    if not CodEntry.objects.filter(reference=reference, state=old).update(state=new, **fields):
        return False
    amount = CodEntry.objects.values_list("amount", flat=True).get(reference=reference)
    cod_moved.send(sender=CodEntry, reference=reference, state=new, amount=amount)
    return True
