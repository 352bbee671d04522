from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError, NotFound


class SessionNotFound(NotFound):
    code = "live_session_not_found"


class HostNotFound(NotFound):
    code = "live_host_not_found"


class CommissionTooHigh(DomainError):
    code = "commission_too_high"
    message = _("A live host gets at most %(most)s percent.")


class HostNotReady(DomainError):
    code = "host_not_ready"
    message = _("Before you go live the office checks who you are, and you accept the rules.")
    status = HTTPStatus.FORBIDDEN


class NotInLiveSale(DomainError):
    code = "not_in_live_sale"
    message = _("“%(title)s” can't be sold live: %(why)s")
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class TooManyItems(DomainError):
    code = "too_many_items"
    message = _("A session has at most 10 goods.")


class LiveOver(DomainError):
    code = "live_over"
    message = _("The session has ended, or this is not sold right now.")
    status = HTTPStatus.CONFLICT


class LimitReached(DomainError):
    code = "limit_reached"
    message = _("At most %(limit)s per person in this session.")
    status = HTTPStatus.CONFLICT
