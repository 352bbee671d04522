from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.money import dong, format_dong, oscar_round, split_largest_remainder


def test_a_fraction_of_a_dong_is_refused():
    with pytest.raises(ValueError):
        dong(Decimal("101998.30"))

    assert dong(Decimal("102000.00")) == 102000


def test_oscar_offers_round_half_up_to_whole_dong():
    assert oscar_round(Decimal("92999.07")) == 92999
    assert oscar_round(Decimal("0.5")) == 1


def test_the_dong_left_over_go_to_the_largest_remainders():
    assert split_largest_remainder(100, [1, 1, 1]) == [34, 33, 33]
    assert split_largest_remainder(529000, [98000, 155000, 324000]) == [89847, 142106, 297047]


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(0, 10**7), min_size=1, max_size=12))
def test_shares_are_whole_and_sum_to_the_total(total, weights):
    parts = split_largest_remainder(total, weights)

    assert sum(parts) == total
    assert len(parts) == len(weights)


def test_one_form_of_money_in_both_languages():
    assert format_dong(1234567) == "1.234.567\u00a0₫"
