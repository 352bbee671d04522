from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError, NotFound


class TooManyReports(DomainError):
    code = "too_many_reports"
    message = _("Several reports came from here within the hour. Please call us instead.")
    status = HTTPStatus.TOO_MANY_REQUESTS


class ReportNotFound(NotFound):
    code = "report_not_found"
    message = _("No such report.")


class AnswerMissing(DomainError):
    code = "answer_missing"
    message = _("Write down what was found.")
