"""Reading the ledger: balances, statements, and whether it is whole."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.db.models import F, Q, QuerySet, Sum

from kernel import clock
from marketplace.settlement import domain
from marketplace.settlement.models import Entry, Payout, Posting, RuleTable


@lru_cache(maxsize=1)
def built_in() -> tuple[domain.Rules, ...]:
    """The rules that ship with the shop, in force where the office has entered none."""
    return tuple(domain.rules_from(json.loads(Path(__file__).with_name("rules.json").read_text())))


def rules(day: date | None = None) -> domain.Rules:
    """The rules in force on `day`."""
    day = day or clock.today()
    row = RuleTable.objects.filter(valid_from__lte=day).order_by("-valid_from").first()
    if row is not None:
        return domain.rules_from([{**row.table, "valid_from": str(row.valid_from)}])[0]
    return domain.rules_on(built_in(), day)


def share_percent(seller_type: str, day: date | None = None) -> float:
    """ "The producer gets x %" of the price, for the product page."""
    held = rules(day)
    return float(100 - held.platform_fee - held.tax_percent(seller_type, "goods"))


@dataclass(frozen=True)
class StatementLine:
    """One posting as a producer reads it."""

    day: date
    kind: str
    reference: str
    gross: int
    fee: int
    tax: int
    net: int
    commission: int = 0


def statement(partner_id: int, since: date | None = None, until: date | None = None) -> list[StatementLine]:
    """Sales, reversals and payouts of a producer, oldest first."""
    postings = Posting.objects.filter(partner_id=partner_id)
    if since:
        postings = postings.filter(day__gte=since)
    if until:
        postings = postings.filter(day__lte=until)
    lines = []
    for posting in postings.prefetch_related("entries").order_by("day", "pk"):
        amounts = {entry.account: entry.amount for entry in posting.entries.all()}
        fee, tax, net = -amounts.get("platform_fee", 0), -amounts.get("tax_withheld", 0), -amounts.get("seller", 0)
        host = -amounts.get("host", 0)
        gross = 0 if posting.kind == Posting.Kind.PAYOUT else net + fee + tax + host
        lines.append(StatementLine(posting.day, posting.kind, posting.reference, gross, fee, tax, net, host))
    return lines


def earned_by_host(references: Iterable[str]) -> int:
    """Commission posted for these parts of orders; what came back is taken off again."""
    entries = Entry.objects.filter(posting__reference__in=list(references), account=domain.Account.HOST)
    return -(entries.aggregate(n=Sum("amount"))["n"] or 0)


def balance(partner_id: int, until: date | None = None) -> int:
    """What the market owes a producer (negative: the producer owes it, after returns)."""
    entries = Entry.objects.filter(posting__partner_id=partner_id, account=domain.Account.SELLER)
    if until:
        entries = entries.filter(Q(posting__day__lte=until) | Q(posting__kind=Posting.Kind.PAYOUT))
    return -(entries.aggregate(n=Sum("amount"))["n"] or 0)


def balances(partner_ids: Iterable[int] | None = None) -> dict[int, int]:
    """{partner id: what the market owes}."""
    entries = Entry.objects.filter(account=domain.Account.SELLER)
    if partner_ids is not None:
        entries = entries.filter(posting__partner_id__in=list(partner_ids))
    rows = entries.order_by().values_list("posting__partner_id").annotate(n=Sum("amount"))
    return {partner: -amount for partner, amount in rows}


def payouts_of(partner_id: int) -> QuerySet[Payout]:
    return Payout.objects.filter(partner_id=partner_id)


def payouts(state: str = "") -> QuerySet[Payout]:
    found = Payout.objects.select_related("partner")
    return found.filter(state=state) if state else found


def ledger_errors() -> list[str]:
    """Postings whose entries do not sum to zero; empty when the ledger is whole."""
    sums = Posting.objects.annotate(n=Sum("entries__amount")).filter(~Q(n=0)).values_list(F("key"), "n")
    return [f"{key}: {amount:+d}" for key, amount in sums]


def payout_by_id(pk: int) -> Payout | None:
    return Payout.objects.filter(pk=pk).first()


def partner_names(partner_ids: Iterable[int]) -> dict[int, str]:
    rows = Posting.objects.filter(partner_id__in=list(partner_ids)).values_list("partner_id", "partner__name")
    return dict(rows.distinct().order_by())
