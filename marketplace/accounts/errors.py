from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError


class TooManyTries(DomainError):
    code = "too_many_tries"
    message = _("Too many tries. Wait %(minutes)s minutes and try again.")
    status = HTTPStatus.TOO_MANY_REQUESTS


class WrongCode(DomainError):
    code = "wrong_code"
    message = _("This code is not right or no longer valid.")
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class WrongPassword(DomainError):
    code = "wrong_password"
    message = _("Phone number, e-mail or password is not right.")
    status = HTTPStatus.UNPROCESSABLE_ENTITY
