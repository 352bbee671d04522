from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError


class BookingDayRefused(DomainError):
    code = "booking_day"
    message = _("Choose a day from tomorrow on, within a year.")
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class BookingClosed(DomainError):
    code = "booking_closed"
    message = _("This place takes no requests.")
    status = HTTPStatus.CONFLICT


class BookingTooMany(DomainError):
    code = "booking_too_many"
    message = _("Several requests came from this number already. Call us, or try again tomorrow.")
    status = HTTPStatus.TOO_MANY_REQUESTS


class BookingAnswered(DomainError):
    code = "booking_answered"
    message = _("This request was answered already.")
    status = HTTPStatus.CONFLICT
