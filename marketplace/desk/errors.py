from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError, NotFound


class InvitationGone(NotFound):
    code = "invitation_gone"
    message = _("This invitation was used, has run out, or is for another number.")


class RevisionNotFound(NotFound):
    code = "revision_not_found"


class RevisionMoved(DomainError):
    code = "revision_moved"
    message = _("Somebody was faster: this listing is “%(state)s” now.")
    status = HTTPStatus.CONFLICT


class NoPictures(DomainError):
    code = "no_pictures"
    message = _("Add at least one photo first.")


class ConsentMissing(DomainError):
    code = "consent_missing"
    message = _("An agent needs the recorded consent of the household: who agreed, and how.")
