from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError


class NothingDue(DomainError):
    code = "nothing_due"
    message = _("Nothing is due to this producer.")
    status = HTTPStatus.CONFLICT


class PayoutMoved(DomainError):
    code = "payout_moved"
    message = _("This payout has moved on meanwhile.")
    status = HTTPStatus.CONFLICT


class SecondPerson(DomainError):
    code = "second_person"
    message = _("A second person has to confirm this.")
    status = HTTPStatus.CONFLICT
