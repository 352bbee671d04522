"""Money that a bank reports: by notice, by statement, or matched by two people."""

from django.db import IntegrityError, transaction

from kernel.actors import SYSTEM, Actor
from kernel.audit import services as audit
from kernel.policies import require
from marketplace.payments.bank import Credit, RowError, codes_in, read_statement
from marketplace.payments.errors import AlreadyMatched, BadStatement, SameApprover
from marketplace.payments.models import ManualMatch, Payment, Receipt
from marketplace.payments.policies import can_keep_books
from marketplace.payments.services.core import book, receipt_add


def credit_book(*, credit: Credit, source: str, actor: Actor = SYSTEM) -> Receipt:
    """Book a credit under the order whose code its text carries; without one it waits for a person.

    The bank's own reference is the key: notice and statement of the same transfer count once.
    """
    codes = codes_in(credit.content)
    reference = Payment.objects.filter(reference__in=codes).values_list("reference", flat=True).first()
    return receipt_add(
        key=credit.key[:160],
        source=source,
        amount=credit.amount,
        reference=reference,
        content=credit.content,
        received_at=credit.at,
        actor=actor,
    )


def statement_import(*, actor: Actor, name: str, data: bytes, bank: str) -> tuple[list[Receipt], list[RowError]]:
    """Book every credit of a statement; repeating it changes nothing. Raises: NotPermitted, BadStatement."""
    require(can_keep_books(actor))
    try:
        credits, errors = read_statement(name, data, bank)
    except Exception as error:  # a broken file raises whatever its reader likes
        raise BadStatement(why=str(error)[:80]) from error
    receipts = [credit_book(credit=credit, source=Receipt.Source.STATEMENT, actor=actor) for credit in credits]
    return receipts, errors


@transaction.atomic
def match_propose(*, actor: Actor, receipt: Receipt, payment: Payment) -> ManualMatch:
    """Say that an unidentified receipt belongs to an order. It counts once a second person has confirmed it.

    Raises: NotPermitted, AlreadyMatched.
    """
    require(can_keep_books(actor))
    if receipt.payment_id is not None:
        raise AlreadyMatched
    try:
        with transaction.atomic():
            match = ManualMatch.objects.create(receipt=receipt, payment=payment, proposed_by=actor.user)
    except IntegrityError:
        raise AlreadyMatched from None
    audit.record(actor, "payments.match.proposed", match, new={"receipt": receipt.key, "order": payment.reference})
    return match


@transaction.atomic
def match_confirm(*, actor: Actor, match: ManualMatch) -> Receipt:
    """The second person: now the money counts. Raises: NotPermitted, SameApprover, AlreadyMatched."""
    require(can_keep_books(actor))
    if match.proposed_by_id == actor.user.pk:
        raise SameApprover
    payment = Payment.objects.select_for_update().get(pk=match.payment_id)
    taken = ManualMatch.objects.filter(pk=match.pk, confirmed_by__isnull=True).update(confirmed_by=actor.user)
    receipt = Receipt.objects.get(pk=match.receipt_id)
    if not taken or receipt.payment_id is not None:
        raise AlreadyMatched
    book(receipt, payment)
    audit.record(actor, "payments.match.confirmed", match)
    return receipt


@transaction.atomic
def match_drop(*, actor: Actor, match: ManualMatch) -> None:
    """Withdraw a proposal that nobody confirmed. Raises: NotPermitted."""
    require(can_keep_books(actor))
    ManualMatch.objects.filter(pk=match.pk, confirmed_by__isnull=True).delete()
