"""Writing the ledger: a sale when it is delivered, its reversal, payouts. Each key posts once."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from kernel import clock
from kernel.actors import Actor
from kernel.audit import services as audit
from kernel.policies import require
from marketplace.settlement import domain
from marketplace.settlement.domain import Account, Sale
from marketplace.settlement.errors import NothingDue, PayoutMoved, SecondPerson
from marketplace.settlement.models import Entry, Payout, Posting
from marketplace.settlement.policies import can_pay_out
from marketplace.settlement.selectors import balance, rules

Kind = Posting.Kind


def sale_post(*, key: str, partner_id: int, reference: str, sale: Sale, day: date | None = None) -> Posting:
    """Write one seller's part of an order into the ledger, by the rules of its day."""
    day = day or clock.today()
    parts = domain.split(sale, rules(day))
    return _post(key, Kind.SALE, partner_id, reference, day, domain.entries(sale, parts))


def sale_reverse(*, key: str, reference: str) -> Posting | None:
    """Take a posted sale back, amount by amount. None if it was never posted or is reversed already."""
    sale = Posting.objects.filter(reference=reference, kind=Kind.SALE).prefetch_related("entries").first()
    if sale is None or Posting.objects.filter(reverses=sale).exists():
        return None
    amounts = [(Account(entry.account), -entry.amount) for entry in sale.entries.all()]
    return _post(key, Kind.REVERSAL, sale.partner_id, reference, clock.today(), amounts, reverses=sale)


@transaction.atomic
def payout_prepare(*, actor: Actor, partner_id: int, until: date) -> Payout:
    """What is owed for sales up to a day and not in another open payout. Raises: NotPermitted, NothingDue."""
    require(can_pay_out(actor))
    known = Payout.objects.filter(partner_id=partner_id, until=until).first()
    if known is not None:
        return known
    waiting = Payout.objects.filter(partner_id=partner_id).exclude(state=Payout.State.PAID_OUT)
    amount = balance(partner_id, until) - sum(waiting.values_list("amount", flat=True))
    if amount <= 0:
        raise NothingDue
    number = f"PO{until:%y%m%d}-{partner_id}"
    payout = Payout.objects.create(number=number, partner_id=partner_id, until=until, amount=amount)
    audit.record(actor, "settlement.payout.prepared", payout, new={"amount": amount})
    return payout


@transaction.atomic
def payout_approve(*, actor: Actor, payout: Payout) -> None:
    """Raises: NotPermitted, PayoutMoved."""
    require(can_pay_out(actor))
    _move(payout, Payout.State.DUE, Payout.State.APPROVED, approved_by=actor.user)
    audit.record(actor, "settlement.payout.approved", payout)


@transaction.atomic
def payout_paid(*, actor: Actor, payout: Payout) -> None:
    """The transfer is made, by another person than the one who approved. Raises: NotPermitted, SecondPerson, PayoutMoved."""
    require(can_pay_out(actor))
    payout.refresh_from_db()
    if actor.user is not None and payout.approved_by_id == actor.user.pk:
        raise SecondPerson
    _move(payout, Payout.State.APPROVED, Payout.State.PAID_OUT, paid_by=actor.user, paid_at=clock.now())
    amounts = [(Account.SELLER, payout.amount), (Account.BANK, -payout.amount)]
    _post(f"payout:{payout.number}", Kind.PAYOUT, payout.partner_id, payout.number, clock.today(), amounts)
    audit.record(actor, "settlement.payout.paid", payout)


def _move(payout: Payout, old: str, new: str, **fields: Any) -> None:
    if not Payout.objects.filter(pk=payout.pk, state=old).update(state=new, **fields):
        raise PayoutMoved
    payout.state = new


@transaction.atomic
def _post(
    key: str,
    kind: str,
    partner_id: int,
    reference: str,
    day: date,
    amounts: Sequence[tuple[Account, int]],
    reverses: Posting | None = None,
) -> Posting:
    if sum(amount for _, amount in amounts):
        raise ValueError(f"{key} does not balance")
    try:
        with transaction.atomic():
            posting = Posting.objects.create(
                key=key, kind=kind, partner_id=partner_id, reference=reference, day=day, reverses=reverses
            )
    except IntegrityError:
        return Posting.objects.get(key=key)
    Entry.objects.bulk_create(
        Entry(posting=posting, account=account, amount=amount) for account, amount in amounts if amount
    )
    return posting
