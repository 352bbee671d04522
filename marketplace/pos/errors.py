from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError, NotFound


class NoShift(DomainError):
    code = "no_open_shift"
    message = _("Open the day first: count the drawer.")
    status = HTTPStatus.CONFLICT


class ShiftIsOpen(DomainError):
    code = "shift_is_open"
    message = _("The day is open already.")
    status = HTTPStatus.CONFLICT


class NotHere(DomainError):
    code = "not_here"
    message = _("This is not sold at this counter.")
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class LotStopped(DomainError):
    code = "lot_stopped"
    message = _("Lot %(lot)s is %(state)s. Do not sell it: put it aside.")
    status = HTTPStatus.CONFLICT


class AgeNotChecked(DomainError):
    code = "age_not_checked"
    message = _("There is alcohol on the bill. Look at the buyer's age first: 18 and over.")
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class CashTooLittle(DomainError):
    code = "cash_too_little"
    message = _("The cash given is less than the sum.")
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class SaleNotFound(NotFound):
    code = "sale_not_found"
    message = _("There is no receipt with this number at this counter.")


class ReturnedAlready(DomainError):
    code = "returned_already"
    message = _("These goods were taken back already.")
    status = HTTPStatus.CONFLICT
