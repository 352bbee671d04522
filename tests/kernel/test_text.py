import unicodedata

import pytest

from kernel.text import fold, nfc, slugify_vi


@pytest.mark.parametrize("name", ["Cà phê Đắk Hà", "CÀ PHÊ ĐẮK HÀ", unicodedata.normalize("NFD", "Cà phê Đắk Hà")])
def test_folding_keeps_the_letters_and_drops_the_marks(name):
    assert fold(name) == "ca phe dak ha"
    assert slugify_vi(name) == "ca-phe-dak-ha"


def test_control_characters_are_dropped_on_the_way_in():
    assert nfc("a\x00b\x1f") == "ab"
