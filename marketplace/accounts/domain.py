"""Phone numbers as plain values."""

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
