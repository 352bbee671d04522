from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError, NotFound


class PaymentNotFound(NotFound):
    code = "payment_not_found"


class RefundTooHigh(DomainError):
    code = "refund_too_high"
    message = _("Only %(left)s ₫ of this payment can still be refunded.")
    status = HTTPStatus.CONFLICT


class AmountNotWhole(DomainError):
    code = "amount_not_whole"
    message = _("Amounts are whole đồng above zero.")


class CodTooHigh(DomainError):
    code = "cod_too_high"
    message = _("Orders over %(limit)s are paid by transfer first.")
    status = HTTPStatus.CONFLICT


class CodTooMany(DomainError):
    code = "cod_too_many"
    message = _(
        "This phone number has %(count)s orders on the way that are paid on delivery. Please pay this one first."
    )
    status = HTTPStatus.CONFLICT


class ProviderDown(DomainError):
    code = "payment_provider_down"
    message = _(
        "The card service does not answer right now. Your order is kept; try again or choose another way to pay."
    )
    status = HTTPStatus.SERVICE_UNAVAILABLE


class SameApprover(DomainError):
    code = "same_approver"
    message = _("A second person has to confirm this.")
    status = HTTPStatus.CONFLICT


class AlreadyMatched(DomainError):
    code = "already_matched"
    message = _("This receipt has been matched already.")
    status = HTTPStatus.CONFLICT


class BadStatement(DomainError):
    code = "bad_statement"
    message = _("This file could not be read as a statement of this bank: %(why)s")


class BadSignature(DomainError):
    code = "bad_signature"
    message = _("The signature is wrong or too old.")
    status = HTTPStatus.FORBIDDEN
