"""The worked numbers of docs/rules are what the code does."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from kernel.money import split_largest_remainder
from marketplace.settlement import domain as settlement
from marketplace.settlement.selectors import built_in as rules
from marketplace.shipping import domain as shipping
from marketplace.shipping.selectors import built_in as tariff
from marketplace.vouchers.domain import SPIRITS_FROM, shares

DAY = date(2026, 11, 24)


def table(page: str, first: str) -> list[list[str]]:
    """The rows of the table of docs/rules/<page>.md whose header begins with `first`."""
    rows: list[list[str]] = []
    inside = False
    for line in (Path(settings.BASE_DIR) / "docs" / "rules" / f"{page}.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")] if line.startswith("|") else []
        if cells and cells[0] == first:
            inside = True
        elif not cells:
            inside = False
        elif inside and not cells[0].startswith("---"):
            rows.append(cells)
    assert rows, f"no table {first!r} in {page}"
    return rows


def numbers(cell: str) -> list[int]:
    return [int(part) for part in cell.split(",")]


@pytest.mark.parametrize("row", table("pricing", "price of the box"), ids=str)
def test_gift_boxes_are_shared_as_written(row):
    assert split_largest_remainder(int(row[0]), numbers(row[1])) == numbers(row[2])


@pytest.mark.parametrize("row", table("pricing", "kind"), ids=str)
def test_vouchers_take_off_what_is_written(row):
    kind, value, lines, strengths, expected = row
    allowed = [strength < SPIRITS_FROM for strength in numbers(strengths)]

    assert shares(kind, Decimal(value), numbers(lines), allowed) == numbers(expected)


@pytest.mark.parametrize("row", table("shipping", "commune"), ids=str)
def test_delivery_costs_what_is_written(row):
    commune, province, weight, amount, fee = row
    line = shipping.ShipLine(1, int(weight), int(amount))

    quote = shipping.quote([line], tariff(), commune_code=commune, province_code=province, today=DAY)

    assert quote.total == int(fee)


@pytest.mark.parametrize("row", table("payouts", "kind of seller"), ids=str)
def test_producers_get_what_is_written(row):
    seller, gross, fee, tax, net = row
    sale = settlement.Sale(int(gross), 0, 0, seller)

    parts = settlement.split(sale, settlement.rules_on(rules(), DAY))

    assert (parts.fee, parts.tax, parts.net) == (int(fee), int(tax), int(net))


def test_the_entries_of_one_sale_are_as_written():
    sale = settlement.Sale(gross=196_000, discount=20_000, shipping=20_500, seller_type="household")

    entries = settlement.entries(sale, settlement.split(sale, settlement.rules_on(rules(), DAY)))

    assert [[str(account), str(amount)] for account, amount in entries] == table("payouts", "account")
    assert sum(amount for _, amount in entries) == 0


def test_the_zones_are_as_written():
    for row in table("shipping", "zone"):
        zone = tariff().zones[row[0]]
        assert (zone.first_fee, zone.step_fee, zone.free_from) == (int(row[2]), int(row[4]), int(row[6]))


@given(
    st.lists(st.tuples(st.integers(1, 4), st.integers(1, 3_000_000), st.integers(1, 5000)), min_size=1, max_size=8),
    st.integers(0, 100),
)
def test_any_basket_adds_up(lines, percent):
    amounts = [amount for _, amount, _ in lines]
    cuts = shares("percent", Decimal(percent), amounts, [True] * len(lines))
    goods = [shipping.ShipLine(p, w, a - c) for (p, a, w), c in zip(lines, cuts, strict=True)]
    quote = shipping.quote(goods, tariff(), commune_code="23425", province_code="51", today=DAY)
    total = sum(amounts) - sum(cuts) + quote.total

    parts = 0
    for parcel in quote.parcels:
        own = [i for i, line in enumerate(lines) if line[0] == parcel.partner_id]
        sale = settlement.Sale(sum(amounts[i] for i in own), sum(cuts[i] for i in own), parcel.fee, "household")
        entries = settlement.entries(sale, settlement.split(sale, settlement.rules_on(rules(), DAY)))
        assert sum(amount for _, amount in entries) == 0
        parts += entries[0][1]

    assert parts == total
    assert all(0 <= cut <= amount for cut, amount in zip(cuts, amounts, strict=True))


@given(st.integers(1, 10**9), st.lists(st.integers(0, 10**7), min_size=1, max_size=9))
def test_a_shared_price_keeps_every_dong(price, weights):
    assert sum(split_largest_remainder(price, weights)) == price
