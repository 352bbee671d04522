from hypothesis import given
from hypothesis import strategies as st

from kernel.gs1 import gtin14, is_valid_gtin, make_gtin13


def test_known_gtins():
    assert is_valid_gtin("9506000134352")
    assert not is_valid_gtin("9506000134353")
    assert gtin14("9506000134352") == "09506000134352"
    assert is_valid_gtin(make_gtin13("952", 1))


@given(st.text("0123456789", min_size=12, max_size=12), st.integers(0, 12), st.integers(1, 9))
def test_any_one_wrong_digit_in_a_gtin_is_noticed(body, place, shift):
    gtin = make_gtin13(body, 0) if len(body) == 12 else ""
    wrong = gtin[:place] + str((int(gtin[place]) + shift) % 10) + gtin[place + 1 :]

    assert is_valid_gtin(gtin)
    assert not is_valid_gtin(wrong)
