"""Vietnamese text as both search engines see it: folded words, one spelling for each place.

Both engines index what this module returns in fields that are split at spaces only, so that they agree.
Laws: the order of combining marks does not matter (NFD = NFC), and analysing twice changes nothing.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

# What people write, in folded words, and the one form that is indexed. The right sides hold no left side.
SPELLINGS: dict[str, str] = {
    # Coffee, as typed in a hurry.
    "cf": "ca phe",
    "cafe": "ca phe",
    "caffe": "ca phe",
    "caphe": "ca phe",
    "cafphe": "ca phe",
    "fe": "phe",
    "capphe": "ca phe",
    # Places and peoples, whose names are written in several ways.
    "dac ha": "dak ha",
    "dac mar": "dak mar",
    "dac to": "dak to",
    "dac glei": "dak glei",
    "dac ui": "dak ui",
    "dac rve": "dak rve",
    "dac koi": "dak koi",
    "dac pek": "dak pek",
    "dac bla": "dak bla",
    "dac cam": "dak cam",
    "dac long": "dak long",
    "dac sao": "dak sao",
    "dac mon": "dak mon",
    "dac plo": "dak plo",
    "dak blo": "dak plo",
    "dak pet": "dak pek",
    "ngok": "ngoc",
    "po y": "bo y",
    "mang buk": "mang but",
    "kong plong": "kon plong",
    "kong ray": "kon ray",
    "kong tum": "kon tum",
    "con tum": "kon tum",
    "kontum": "kon tum",
    "komtum": "kon tum",
    "konplong": "kon plong",
    "konray": "kon ray",
    "tumorong": "tu mo rong",
    "mangden": "mang den",
    "manden": "mang den",
    "ngoclinh": "ngoc linh",
    "h drai": "hdrai",
    "iahdrai": "ia hdrai",
    "ktu": "ko tu",
    "xe dang": "xo dang",
    "se dang": "xo dang",
    "sedang": "xo dang",
    "bana": "ba na",
    "bahnar": "ba na",
    "jrai": "gia rai",
    "ja rai": "gia rai",
    # Goods with two names or a short one.
    "macca": "mac ca",
    "macadamia": "mac ca",
    "thit lon": "thit heo",
    "muop dang": "kho qua",
    "sam nl": "sam ngoc linh",
    "snl": "sam ngoc linh",
    "dtht": "dong trung ha thao",
    "hop tac xa": "htx",
    "to hop tac": "tht",
    "cong ty": "cty",
}

_MAX_RULE = max(len(left.split()) for left in SPELLINGS)
_RULES = {tuple(left.split()): tuple(right.split()) for left, right in SPELLINGS.items()}
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHE = re.compile(r"(?<=\w)['’ʼ`´](?=\w)")
_LETTERS = str.maketrans({"đ": "d", "Đ": "d", "ð": "d", "ơ": "o", "ư": "u"})


def fold(text: str) -> str:
    """Small letters without any mark; đ becomes d."""
    for _ in range(2):  # A capital may decompose into a letter that has a smaller form of its own.
        text = unicodedata.normalize("NFKD", text).lower().translate(_LETTERS)
        text = "".join(sign for sign in text if not unicodedata.combining(sign))
    return text


def _respell(words: list[str]) -> list[str]:
    """One pass from the left, the longest rule first."""
    out: list[str] = []
    at = 0
    while at < len(words):
        for length in range(min(_MAX_RULE, len(words) - at), 0, -1):
            right = _RULES.get(tuple(words[at : at + length]))
            if right is not None:
                out.extend(right)
                at += length
                break
        else:
            out.append(words[at])
            at += 1
    return out


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """The words of a text, folded and in the one spelling that is indexed."""
    found = _WORD.findall(_APOSTROPHE.sub("", fold(text)))
    while True:
        again = _respell(found)
        if again == found:
            return tuple(found)
        found = again


def indexed(*texts: str) -> str:
    """Several texts as one field. A bar between them keeps a phrase from running on."""
    return " | ".join(" ".join(words(text)) for text in texts if text and words(text))


def joined(*texts: str) -> str:
    """Neighbouring words written together ("dakha"), for those who leave out the space."""
    pairs: dict[str, None] = {}
    for text in texts:
        found = words(text)
        for left, right in pairwise(found):
            if len(left) + len(right) >= 5:
                pairs[left + right] = None
    return " ".join(pairs)
