from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError


class VoucherUsed(DomainError):
    code = "voucher_used"
    message = _("This code has been used.")
    status = HTTPStatus.CONFLICT
