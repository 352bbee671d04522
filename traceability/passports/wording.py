"""The words of each state: what stands under the roof."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from traceability.passports.selectors import Passport


def verdict_of(passport: Passport, day: str) -> tuple[str, str]:
    """Heading and sentence for the state a lot is in; ``day`` is its last day, written out."""
    lot = passport.lot
    english = (get_language() or "vi").startswith("en")
    reason = (lot.state_reason_en if english else "") or lot.state_reason
    if passport.state == "on_sale":
        maker = (passport.shop.get("producer") or {}).get("name") or lot.producer_name
        place = passport.zones[0].commune if passport.zones else ""
        if maker and place:
            told = _("Goods of %(maker)s, grown in %(place)s. No warning for this lot.")
        elif maker:
            told = _("Goods of %(maker)s. No warning for this lot.")
        else:
            told = _("No warning for this lot.")
        return _("On sale, in date"), told % {"maker": maker, "place": place}
    if passport.state == "sold_out":
        told = _("The pack you hold is good until %(day)s.") % {"day": day} if day else ""
        return _("Lot sold out, in date"), told
    if passport.state == "held":
        return _("On hold for checks"), _(
            "Wait before using it. When we know, the roof on this page changes and buyers are told."
        )
    if passport.state == "recalled":
        told = _("Keep the pack; you get all your money back.")
        return _("Recalled, do not use"), f"{reason} {told}" if reason else told
    if passport.state == "expired":
        return _("Past its date"), _("The lot's date was %(day)s. It should no longer be consumed.") % {"day": day}
    if passport.state == "cut":
        return _("Record broken"), _("One line does not match, so the lot is off sale until it is cleared up.")
    return _("Lot destroyed, on record"), _("No pack of this lot is on sale any more. If you hold one, tell us.")
