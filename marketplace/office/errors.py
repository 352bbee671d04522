from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError


class DocumentRefused(DomainError):
    code = "document_refused"
    message = _("Only PDF files and photos up to 10 MB are taken.")
    status = HTTPStatus.UNPROCESSABLE_ENTITY
