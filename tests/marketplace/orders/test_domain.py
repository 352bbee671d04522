import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.orders import domain


@given(st.data())
def test_any_one_wrong_sign_in_a_number_is_noticed(data):
    number = domain.number_make()
    place = data.draw(st.integers(2, len(number) - 1))
    wrong = data.draw(st.sampled_from([s for s in domain.ALPHABET if s != number[place]]))

    assert domain.number_read(number[:place] + wrong + number[place + 1 :]) is None


@given(st.integers(2, 8))
def test_two_swapped_neighbours_are_noticed(place):
    number = domain.number_make()
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]

    assert domain.number_read(swapped) == (number if swapped == number else None)


def test_a_number_is_read_as_people_write_it():
    number = domain.number_make()

    assert domain.number_read(domain.number_shown(number).lower().replace("-", " ")) == number
    assert domain.number_read(number.replace("0", "O").replace("1", "l")) == number


@given(st.text(alphabet=string.printable + "đ₫\u0301", max_size=30))
def test_reading_never_fails(text):
    assert domain.number_read(text) in (None, domain.number_read(text))


@pytest.mark.parametrize("table", [domain.ORDER_MOVES, domain.SELLER_MOVES, domain.LINE_MOVES, domain.PARCEL_MOVES])
def test_every_state_named_in_a_table_has_a_row(table):
    assert {new for news in table.values() for new in news} <= set(table)


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        (["delivered", "shipped"], None),
        (["delivered", "cancelled"], "completed"),
        (["declined", "cancelled"], "cancelled"),
        (["refused"], "cancelled"),
        (["returned", "declined"], "completed"),
    ],
)
def test_an_order_ends_when_all_its_parts_have(states, expected):
    assert domain.order_state_from(states) == expected
