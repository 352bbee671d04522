"""Words as the engines see them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import analysis

PIECES = st.one_of(
    st.sampled_from(
        [*analysis.SPELLINGS, *analysis.SPELLINGS.values(), "cà phê", "Đắk Hà", "K'", "-", "’", "fê", "PỜ Y"]
    ),
    st.text(max_size=8),
)
TEXTS = st.lists(PIECES, max_size=8).map(" ".join)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        pytest.param("ca phe dak ha", "ca phe dak ha", id="plain"),
        pytest.param("cà phê Đắk Hà", "ca phe dak ha", id="official spelling"),
        pytest.param("CÀ PHÊ ĐĂK HÀ", "ca phe dak ha", id="capitals, local spelling"),
        pytest.param(unicodedata.normalize("NFD", "cà phê Đắk Hà"), "ca phe dak ha", id="NFD"),
        pytest.param("cà fê đăk hà", "ca phe dak ha", id="f for ph"),
        pytest.param("cf đắc hà", "ca phe dak ha", id="short, dac for dak"),
        pytest.param("cafe Đak-Hà", "ca phe dak ha", id="cafe, hyphen"),
        pytest.param("Pờ Y", "bo y", id="Po Y"),
        pytest.param("Măng Buk", "mang but", id="Mang Buk"),
        pytest.param("Kông Plông", "kon plong", id="Kong Plong"),
        pytest.param("Ia H' Drai", "ia hdrai", id="Ia H' Drai"),
        pytest.param("Ia H’Drai", "ia hdrai", id="curly apostrophe"),
        pytest.param("Ngọk Linh", "ngoc linh", id="Ngok"),
        pytest.param("đặc sản", "dac san", id="dac is not always dak"),
        pytest.param("thịt lợn gác bếp", "thit heo gac bep", id="northern word"),
        pytest.param("\x00;'\"(*", "", id="nothing but signs"),
    ],
)
def test_words_come_in_one_spelling(typed, words):
    assert " ".join(analysis.words(typed)) == words


@given(TEXTS)
def test_analysing_twice_changes_nothing(text):
    once = " ".join(analysis.words(text))

    assert " ".join(analysis.words(once)) == once


@given(TEXTS)
def test_the_normal_form_does_not_matter(text):
    nfc, nfd = (analysis.words(unicodedata.normalize(form, text)) for form in ("NFC", "NFD"))

    assert nfc == nfd


@given(TEXTS)
def test_indexed_words_hold_no_marks_and_no_capitals(text):
    for word in analysis.words(text):
        assert word == analysis.fold(word)
        assert " " not in word and "|" not in word


def test_a_phrase_does_not_run_from_one_text_into_the_next():
    assert analysis.indexed("Cà phê", "", "Đăk Hà") == "ca phe | dak ha"


def test_neighbours_are_also_written_together():
    assert analysis.joined("Cà phê Đăk Hà", "Y Hà").split() == ["caphe", "phedak", "dakha"]
