from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError, NotFound


class LotRefused(DomainError):
    code = "lot_refused"
    message = _("This can't be done with the lot.")


class LotNotFound(NotFound):
    code = "lot_not_found"
    message = _("No such lot on record.")


class LotCodeTaken(LotRefused):
    code = "lot_code_taken"
    message = _("Lot %(code)s exists already for this product.")
    status = HTTPStatus.CONFLICT


class LotCodeWrong(LotRefused):
    code = "lot_code_wrong"
    message = _("A lot code has 1 to 20 plain letters, digits or signs like - / . without accents or blanks.")


class GtinWrong(LotRefused):
    code = "gtin_wrong"
    message = _("%(gtin)s is not a product code: its last digit does not match the others.")


class LotOverdrawn(LotRefused):
    code = "lot_overdrawn"
    message = _("Lot %(lot)s has %(available)s %(uom)s left; %(asked)s were asked for.")
    status = HTTPStatus.CONFLICT


class LotNotUsable(LotRefused):
    code = "lot_not_usable"
    message = _("Lot %(lot)s is not free: %(state)s.")
    status = HTTPStatus.CONFLICT


class BeforeItWasMade(LotRefused):
    code = "before_it_was_made"
    message = _("Lot %(lot)s did not exist before %(day)s.")


class LotMoveRefused(LotRefused):
    code = "lot_move_refused"
    message = _("A lot that is %(state)s can't become %(to)s.")
    status = HTTPStatus.CONFLICT


class ReasonMissing(LotRefused):
    code = "reason_missing"
    message = _("Say why, in a sentence that a buyer understands.")


class NothingLeft(LotRefused):
    code = "nothing_left"
    message = _("No lot of this product has %(asked)s left; %(available)s can be sent.")
    status = HTTPStatus.CONFLICT


class DatesCross(LotRefused):
    code = "dates_cross"
    message = _("The last day to use lies before the day of packing.")


class ZoneUnknown(LotRefused):
    code = "zone_unknown"
    message = _("No zone %(zone)s is registered.")
