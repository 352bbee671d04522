"""GTIN, lot, serial, Digital Link and element strings as plain values."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traceability.identifiers import domain as ids
from traceability.identifiers.domain import Gtin, IdentifierError, LotCode, check_digit, link_for, parse_path, parse_uri

GTIN = "09521234000013"
CSET = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
digits = st.text("0123456789", min_size=13, max_size=13)
values = st.text(CSET, min_size=1, max_size=20)


def code_of(call, *args, **kwargs) -> str:
    with pytest.raises(IdentifierError) as caught:
        call(*args, **kwargs)
    return caught.value.code


@pytest.mark.parametrize("text", ["96385074", "614141999996", "4006381333931", GTIN])
def test_gtins_of_every_length_are_kept_as_14_digits(text):
    assert Gtin.parse(text).value == text.zfill(14)


def test_spaces_and_dashes_are_forgiven():
    assert Gtin.parse("952 1234-00001 3").value == GTIN


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("abc", "gtin_not_digits"),
        ("123", "gtin_length"),
        ("09521234000014", "gtin_check_digit"),
        ("", "gtin_not_digits"),
    ],
)
def test_a_wrong_gtin_names_its_rule(text, code):
    assert code_of(Gtin.parse, text) == code


@given(digits, st.integers(0, 13), st.integers(1, 9))
def test_any_one_wrong_digit_in_a_gtin_is_noticed(stem, place, step):
    good = stem + str(check_digit(stem))
    bad = good[:place] + str((int(good[place]) + step) % 10) + good[place + 1 :]

    assert code_of(Gtin.parse, bad) == "gtin_check_digit"


@given(digits, st.none() | values, st.none() | values)
def test_a_link_reads_back_as_it_was_built(stem, lot, serial):
    link = link_for(stem + str(check_digit(stem)), lot, serial)

    assert parse_path(link.path) == link
    assert parse_uri(link.uri()) == link
    assert (link.lot, link.serial) == (lot, serial)


@given(digits, values)
def test_a_path_decoded_by_the_server_is_read_too_slashes_included(stem, lot):
    link = link_for(stem + str(check_digit(stem)), lot)
    decoded = f"/01/{link.gtin}/10/{lot}"

    if not lot.endswith("/") and lot.strip("/") and "//" not in lot and not ({"22", "10", "21"} & set(lot.split("/"))):
        assert ids.parse_decoded_path(decoded).lot == lot


def test_values_are_percent_encoded_in_the_path():
    assert link_for(GTIN, "A/B+C").path == f"/01/{GTIN}/10/A%2FB%2BC"


@pytest.mark.parametrize(
    ("uri", "code"),
    [
        pytest.param(f"https://x.vn/01/{GTIN}/", "trailing_slash", id="trailing slash"),
        pytest.param(f"HttP://x.vn/01/{GTIN}", "scheme_mixed_case", id="mixed scheme"),
        pytest.param("ftp://x.vn/01/1", "not_a_web_address", id="scheme"),
        pytest.param("https://x.vn/01/4006381333931", "gtin_length", id="13 digits"),
        pytest.param("https://x.vn/01/09521234000014", "gtin_check_digit", id="check digit"),
        pytest.param(f"https://x.vn/01/{GTIN}/10/", "trailing_slash", id="empty at the end"),
        pytest.param(f"https://x.vn/01/{GTIN}/10//21/1", "empty_value", id="empty lot"),
        pytest.param(f"https://x.vn/01/{GTIN}/21/1/10/A", "qualifier_order", id="serial before lot"),
        pytest.param(f"https://x.vn/01/{GTIN}/10/A/10/B", "qualifier_order", id="lot twice"),
        pytest.param(f"https://x.vn/01/{GTIN}/10/A/235/B", "qualifier_order", id="TPX beside lot"),
        pytest.param(f"https://x.vn/01/{GTIN}/254/A", "qualifier_unknown", id="GLN extension on a GTIN"),
        pytest.param(f"https://x.vn/gtin/{GTIN}", "no_primary_key", id="alphabetic name"),
        pytest.param(f"https://x.vn/01/{GTIN}/10/{'A' * 21}", "value_shape", id="21 characters"),
        pytest.param(f"https://x.vn/01/{GTIN}/10/L%C3%B4", "value_shape", id="not in set 82"),
        pytest.param(f"https://x.vn/01/{GTIN}?9999=1", "query_key_unknown", id="numeric unknown query key"),
        pytest.param(f"https://x.vn/01/{GTIN}?17=261332", "date_impossible", id="no such day"),
        pytest.param(f"https://x.vn/01/{GTIN}/10", "value_missing", id="no value"),
    ],
)
def test_a_bad_link_names_its_rule(uri, code):
    assert code_of(parse_uri, uri) == code


def test_what_a_good_link_may_carry():
    link = parse_uri(f"HTTPS://X.VN/a/b/01/{GTIN}/22/2A/10/L1/21/S1?17=261200&3103=000500&fbclid=x#top")

    assert link.qualifiers == (("22", "2A"), ("10", "L1"), ("21", "S1"))
    assert link.attributes == (("17", "261200"), ("3103", "000500"))
    assert link.other == (("fbclid", "x"),)


def test_a_resolver_tolerates_one_slash_and_short_gtins():
    assert parse_path("/01/4006381333931/", tolerant=True).gtin == "04006381333931"


def test_the_first_key_is_the_key_and_a_second_describes_it():
    link = parse_uri(f"https://x.vn/414/9521234000013/254/A/01/{GTIN}")

    assert link.key == ("414", "9521234000013")
    assert link.attributes == (("01", GTIN),)


def test_places_parties_and_cartons_are_keys_too():
    assert parse_path("/00/095212340000006015").key == ("00", "095212340000006015")
    assert code_of(parse_path, "/00/095212340000006016") == "key_check_digit"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("261005", date(2026, 10, 5)),
        ("260200", date(2026, 2, 28)),
        ("280200", date(2028, 2, 29)),
        ("261200", date(2026, 12, 31)),
        ("760101", date(2076, 1, 1)),
        ("770101", date(1977, 1, 1)),
    ],
)
def test_two_digit_years_lie_within_49_back_and_50_ahead(text, day):
    assert ids.gs1_date(text, today=date(2026, 11, 24)) == day


def test_brackets_read_and_written():
    text = rf"(01){GTIN}(10)A\(1)(15)271005(3103)000500"
    pairs = ids.parse_brackets(text)

    assert pairs[1] == ("10", "A(1)")
    assert ids.build_brackets(pairs) == text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("(10)A", "ai_required"),
        (f"(01){GTIN}(37)5", "ai_excluded"),
        (f"(01){GTIN}(10)A(10)B", "ai_repeated"),
        (f"(01){GTIN}(3103)000500(3102)000500", "ai_excluded"),
        (f"(01){GTIN}(21)S(235)T", "ai_excluded"),
        (f"01{GTIN}", "brackets"),
        (f"(01){GTIN}(9876)1", "ai_unknown"),
    ],
)
def test_identifiers_that_do_not_go_together_are_refused(text, code):
    assert code_of(ids.parse_brackets, text) == code


def test_a_lot_code_keeps_its_case_and_its_limits():
    assert LotCode("dm-2610/07").value == "dm-2610/07"
    assert code_of(LotCode, "") == "empty_value"
    assert code_of(LotCode, "lô 7") == "value_shape"


@given(st.integers(0, 2**40 - 1))
def test_short_codes_survive_a_careless_hand(number):
    code = ids.crockford(number, 8)

    assert len(code) == 8
    assert ids.read_crockford(code.lower().replace("1", "l").replace("0", "o")) == code
