"""Spellings of places. No framework here."""

from kernel.text import fold

KINDS = ("Thành phố ", "Thị trấn ", "Phường ", "Đặc khu ", "Huyện ", "Tỉnh ", "Xã ")
SEPARATOR = "|"
# Names that are written with other letters, not only with other marks.
SPELLINGS = (
    ("Ngọk", "Ngọc"),
    ("Ngok", "Ngọc"),
    ("Măng Bút", "Măng Buk"),
    ("Bờ Y", "Pờ Y"),
)


def short_name(name: str) -> str:
    """The name people say: without "Xã", "Phường", "Huyện" in front."""
    for kind in KINDS:
        if name.startswith(kind):
            return name[len(kind) :]
    return name


def local_spelling(name: str) -> str:
    """The statistics office writes "Đắk", the people of Kon Tum "Đăk". Empty where the two agree."""
    local = name.replace("Đắk", "Đăk")
    return local if local != name else ""


def other_spellings(name: str) -> list[str]:
    """Spellings of `name` that are in use beside it, without those that differ in diacritics only."""
    found = []
    for one, other in SPELLINGS:
        for old, new in ((one, other), (other, one)):
            spelled = name.replace(old, new)
            if spelled != name and fold(spelled) != fold(name) and spelled not in found:
                found.append(spelled)
    return found


def search_text(name: str, aliases: list[str]) -> str:
    """What the type-ahead looks into: " dak ha | xa dak ha | ha mon | " - every word begins after a blank."""
    parts = [short_name(name), name, *filter(None, aliases)]
    folded = dict.fromkeys(" ".join(fold(part).replace("'", "").split()) for part in parts)
    return " " + f" {SEPARATOR} ".join(folded) + f" {SEPARATOR} "


def search_words(text: str) -> list[str]:
    """The words of what somebody typed, folded; at most six, so that a long paste stays one cheap query."""
    cleaned = "".join(c if c.isalnum() or c == " " else " " for c in fold(text.replace("'", "")))
    return cleaned.split()[:6]
