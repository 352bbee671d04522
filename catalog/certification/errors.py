from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError, NotFound

PROBLEMS = {
    "stars": _("Only 3, 4 and 5 stars have a certificate."),
    "rules_not_in_force": _("This decision was not in force on the day of issue."),
    "no_districts": _("Districts have not existed since 1/7/2025."),
    "level": _("Under this decision that level does not grant these stars."),
    "dates": _("The last day must come after the day of issue."),
    "not_yet": _("The day of issue lies in the future."),
    "number": _("The certificate needs its number."),
    "size": _("The scan is larger than 10 MB."),
    "kind": _("Only PDF, JPEG and PNG scans are kept."),
    "combo": _("Gift combos have no certificate of their own."),
}


class CertificateNotFound(NotFound):
    code = "certificate_not_found"
    message = _("There is no such certificate.")


class CertificateNumberTaken(DomainError):
    code = "certificate_number_taken"
    message = _("Certificate %(number)s is in the register already.")
    status = HTTPStatus.CONFLICT


class CertificateRefused(DomainError):
    """`problem` names the rule."""

    code = "certificate_refused"

    @property
    def text(self) -> str:
        return str(PROBLEMS[str(self.params["problem"])])


class DocumentRefused(CertificateRefused):
    code = "document_refused"


class CertificateCantMove(DomainError):
    code = "certificate_cant_move"
    message = _("A certificate that is “%(old)s” can't become “%(new)s”.")
    status = HTTPStatus.CONFLICT


class ExtensionTooLong(DomainError):
    code = "extension_too_long"
    message = _("An extension ends after the certificate's last day, at most %(days)s days after it.")


class ReasonMissing(DomainError):
    code = "reason_missing"
    message = _("Say why, for the record.")
