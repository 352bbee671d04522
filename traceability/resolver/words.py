"""A broken rule of an address in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from traceability.identifiers.domain import IdentifierError


def rule_text(error: IdentifierError) -> str:
    texts = {
        "gtin_check_digit": _(
            "The last digit of the product code does not fit the others: %(found)s, expected %(expected)s."
        ),
        "gtin_length": _("A product code has 8, 12, 13 or 14 digits; this one has %(length)s."),
        "gtin_not_digits": _("A product code has digits only."),
        "qualifier_order": _("The parts of the address stand in the wrong order: lot (10) comes before serial (21)."),
        "qualifier_unknown": _("The part %(ai)s does not belong to a product code."),
        "empty_value": _("The value after %(ai)s is empty."),
        "value_missing": _("The value after %(ai)s is missing."),
        "value_shape": _("“%(value)s” can't be a value of %(ai)s: 1 to 20 plain letters, digits or signs."),
        "date_impossible": _("“%(value)s” is no day of the calendar."),
        "query_key_unknown": _("%(ai)s is no identifier that may stand behind the question mark."),
        "ai_unknown": _("%(ai)s is no identifier we know."),
        "ai_repeated": _("%(ai)s stands there twice with different values."),
    }
    text = texts.get(error.code) or _("This address does not follow GS1's rules.")
    return text % error.params if error.params and error.code in texts else text
