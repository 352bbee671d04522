"""Refusals of the storefront."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError


class NotSoldOut(DomainError):
    """There is nothing to wait for."""

    code = "not_sold_out"
    message = _("This item can be bought right now.")
    status = HTTPStatus.CONFLICT


class TooManyWishes(DomainError):
    """One number waits for so many things that somebody else may have typed it."""

    code = "too_many_wishes"
    message = _("This number already waits for %(count)s items. Wait until some of them are back.")
    status = HTTPStatus.TOO_MANY_REQUESTS
