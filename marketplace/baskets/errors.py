from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError


class NotSold(DomainError):
    code = "not_sold"
    message = _("This is not for sale at the moment.")
    status = HTTPStatus.NOT_FOUND


class BadBasketQuantity(DomainError):
    code = "bad_quantity"
    message = _("A quantity is a whole number from 1 to 99.")
