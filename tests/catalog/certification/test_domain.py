from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.certification.domain import MOVES, can_move, last_day, months_later


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 3, 1), 36, date(2027, 3, 1)),
        (date(2024, 2, 29), 36, date(2027, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 3, 31), -1, date(2027, 2, 28)),
    ],
)
def test_months_are_counted_on_the_calendar(day, months, later):
    assert months_later(day, months) == later


@given(st.dates(min_value=date(2019, 1, 1), max_value=date(2060, 1, 1)))
def test_36_months_are_three_years_less_a_day(day):
    last = last_day(day, 36)

    assert last.year in (day.year + 2, day.year + 3)
    assert 3 * 365 - 2 <= (last - day + timedelta(days=1)).days <= 3 * 365 + 1


def test_the_ends_lead_nowhere():
    assert [state for state, to in MOVES.items() if not to] == ["revoked", "reported"]
    assert not can_move("revoked", "valid")
    assert not can_move("nonsense", "valid")
