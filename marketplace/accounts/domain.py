"""Phone numbers, sign-in codes and doors as plain values."""

import hashlib
import hmac
from dataclasses import dataclass

import phonenumbers


def phone_e164(value: str, region: str = "VN") -> str:
    """`value` as typed ("0905 123 456") in E.164 ("+84905123456"). Raises ValueError if it is no valid number."""
    try:
        number = phonenumbers.parse(value, region)
    except phonenumbers.NumberParseException as error:
        raise ValueError("not a phone number") from error
    if not phonenumbers.is_valid_number(number):
        raise ValueError("not a valid phone number")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def phone_masked(e164: str) -> str:
    """ "+84905123456" -> "•••• ••3 456", for pages that must recognise but not show a number."""
    return "•••• ••" + e164[-4] + " " + e164[-3:] if len(e164) > 4 else ""


@dataclass(frozen=True)
class Door:
    """A place of work that a person may enter. `order`: the lowest is where sign-in leads."""

    name: str
    text: str
    url: str
    icon: str
    order: int


def code_of(secret: str, key: str, phone: str) -> str:
    """The six digits of one sign-in attempt. They follow from a secret, so that none are stored."""
    digest = hmac.new(secret.encode(), f"sign-in:{key}:{phone}".encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(digest[:8], 'big') % 1_000_000:06d}"
