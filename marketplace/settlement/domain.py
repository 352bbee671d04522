"""Who gets what of a sale, in whole đồng, and entries that sum to zero. Worked numbers: docs/rules/payouts.md."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from kernel.money import percent_of


class Account(StrEnum):
    """Sides of the ledger. Plus: what others owe the market or what it bears. Minus: what it owes or has earned."""

    BUYERS = "buyers"
    DISCOUNTS = "discounts"
    SELLER = "seller"
    PLATFORM_FEE = "platform_fee"
    TAX = "tax_withheld"
    HOST = "host"
    SHIPPING = "shipping"
    BANK = "bank"


@dataclass(frozen=True)
class Rules:
    """What holds from a day on: the platform's fee and the tax withheld by kind of seller and of goods."""

    valid_from: date
    platform_fee: Decimal
    tax: Mapping[tuple[str, str], Decimal]

    def tax_percent(self, seller: str, kind: str) -> Decimal:
        return self.tax.get((seller, kind), self.tax.get(("*", kind), Decimal(0)))


@dataclass(frozen=True)
class Sale:
    """One seller's part of an order when it is done. Vouchers are borne by the market, a host's commission by the seller."""

    gross: int
    discount: int
    shipping: int
    seller_type: str
    kind: str = "goods"
    commission: int = 0


@dataclass(frozen=True)
class Split:
    gross: int
    fee: int
    tax: int
    net: int
    commission: int = 0


def rules_from(rows: Sequence[Mapping[str, Any]]) -> list[Rules]:
    """Dated rule sets, oldest first. Raises ValueError or KeyError for rows that make no sense."""
    found = []
    for row in rows:
        tax = {}
        for line in row["tax"]:
            for kind in ("goods", "service"):
                tax[(line["seller"], kind)] = Decimal(line[kind])
        rules = Rules(date.fromisoformat(row["valid_from"]), Decimal(row["platform_fee"]), tax)
        if not all(0 <= percent < 100 for percent in (rules.platform_fee, *tax.values())):
            raise ValueError("percentages lie between 0 and 100")
        found.append(rules)
    return sorted(found, key=lambda rules: rules.valid_from)


def rules_on(rules: Sequence[Rules], day: date) -> Rules:
    """The rules in force on `day`. Raises LookupError if none are."""
    fit = [one for one in rules if one.valid_from <= day]
    if not fit:
        raise LookupError(f"no rules for {day}")
    return fit[-1]


def split(sale: Sale, rules: Rules) -> Split:
    """Fee and tax are counted from the gross price and rounded half up; the seller gets the rest after commission."""
    fee = percent_of(sale.gross, rules.platform_fee)
    tax = percent_of(sale.gross, rules.tax_percent(sale.seller_type, sale.kind))
    net = sale.gross - fee - tax - sale.commission
    return Split(sale.gross, fee, tax, net, sale.commission)


def entries(sale: Sale, parts: Split) -> list[tuple[Account, int]]:
    """The posting of one sale; its amounts sum to zero."""
    host = [(Account.HOST, -parts.commission)] if parts.commission else []
    return [
        (Account.BUYERS, sale.gross - sale.discount + sale.shipping),
        (Account.DISCOUNTS, sale.discount),
        (Account.SELLER, -parts.net),
        (Account.PLATFORM_FEE, -parts.fee),
        (Account.TAX, -parts.tax),
        (Account.SHIPPING, -sale.shipping),
        *host,
    ]
