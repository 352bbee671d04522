import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.payments import vietqr

VECTOR = (
    "00020101021238570010A00000072701270006970415011300110019324180208QRIBFTTA"
    "530370454061200005802VN62170813ung ho lu lut6304C15C"
)


def test_the_known_vector():
    made = vietqr.payload(bank_bin="970415", account="0011001932418", amount=120_000, purpose="ung ho lu lut")

    assert made == VECTOR


@given(st.integers(1, 10**12), st.text("ABCDEFGHJK0123456789", min_size=1, max_size=25))
def test_every_payload_carries_its_own_check(amount, purpose):
    made = vietqr.payload(bank_bin="970436", account="0000000000", amount=amount, purpose=purpose)

    assert vietqr.crc16(made[:-4]) == made[-4:]
    assert f"54{len(str(amount)):02d}{amount}" in made


@pytest.mark.parametrize(
    "wrong",
    [
        {"bank_bin": "97"},
        {"account": "1" * 20},
        {"amount": 0},
        {"amount": 1.5},
        {"purpose": "Đơn"},
        {"purpose": "x" * 26},
    ],
)
def test_what_a_bank_would_refuse_is_not_made(wrong):
    fields = {"bank_bin": "970436", "account": "0000000000", "amount": 1000, "purpose": "KT", **wrong}

    with pytest.raises(ValueError):
        vietqr.payload(**fields)


def test_the_code_is_one_square_path():
    path, modules = vietqr.qr_path(VECTOR)

    assert path.startswith("M0 0h7v1h-7z")
    assert modules in range(21, 178, 4)
