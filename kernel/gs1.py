"""GS1 keys as plain values. Source: GS1 General Specifications, section 7.9 (check digit, modulo 10)."""

GTIN_LENGTHS = (8, 12, 13, 14)


def check_digit(body: str) -> int:
    """The check digit for the digits `body` (without one): from the right, weights 3, 1, 3, 1…"""
    if not body.isdecimal() or not body.isascii():
        raise ValueError("only the digits 0-9 are allowed")
    return -sum(int(d) * (3 if i % 2 == 0 else 1) for i, d in enumerate(reversed(body))) % 10


def is_valid_gtin(gtin: str) -> bool:
    """True for a GTIN-8, -12, -13 or -14 whose check digit is right."""
    return len(gtin) in GTIN_LENGTHS and gtin.isascii() and gtin.isdecimal() and check_digit(gtin[:-1]) == int(gtin[-1])


def gtin14(gtin: str) -> str:
    """The 14-digit form. Raises ValueError for what is no GTIN."""
    if not is_valid_gtin(gtin):
        raise ValueError(f"{gtin!r} is not a GTIN")
    return gtin.zfill(14)


def make_gtin13(prefix: str, item: int) -> str:
    """A GTIN-13 from a company prefix and an item number. Demo data uses GS1's example prefix 952."""
    body = prefix + (str(item).zfill(12 - len(prefix)) if len(prefix) < 12 else "")
    if len(body) != 12:
        raise ValueError("prefix and item number do not fit 12 digits")
    return body + str(check_digit(body))
