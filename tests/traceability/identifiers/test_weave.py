"""The weave of a lot."""

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from traceability.identifiers.weave import SIZE, pattern, weave


def test_the_pattern_is_the_drawn_sample():
    rows = pattern(sha256(b"DM-2610-07").digest())

    assert "".join(map(str, rows[0])) == "202020202020202020202"
    assert [x for x in range(SIZE) if rows[2][x] == 1] == [7, 13]
    assert [x for x in range(SIZE) if rows[2][x] == 3] == [2, 8, 12, 18]
    assert [x for x in range(SIZE) if rows[10][x] == 3] == [3, 4, 8, 9, 10, 11, 12, 16, 17]


@given(st.binary(min_size=32, max_size=32))
def test_a_weave_is_mirrored_both_ways_and_uses_four_colours(digest):
    rows = pattern(digest)

    assert len(rows) == SIZE and all(len(row) == SIZE for row in rows)
    assert all(row == row[::-1] for row in rows) and rows == rows[::-1]
    assert {c for row in rows for c in row} <= {0, 1, 2, 3}


def test_another_lot_or_another_product_has_another_weave():
    assert len({weave(g, lot) for g in ("09521234000013", "09521234000020") for lot in ("A", "B")}) == 4
