from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError


class AlreadyReviewed(DomainError):
    code = "already_reviewed"
    message = _("You have reviewed this already.")
    status = HTTPStatus.CONFLICT


class BadReview(DomainError):
    code = "bad_review"
    message = _("Give one to five beans and write at least ten letters.")
