"""Refusals that reach people: each has a code for machines and a sentence for readers."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """A refusal by a rule. `kernel.middleware` turns it into a page or JSON; forms show its text.

    Subclasses set `code` (stable, compared by tests and API clients), `message` (with %(name)s slots filled
    from the keyword arguments) and `status`.
    """

    code = "refused"
    message = _("This can't be done.")
    status = HTTPStatus.BAD_REQUEST

    def __init__(self, **params: object) -> None:
        self.params = params
        super().__init__(self.code)

    @property
    def text(self) -> str:
        """The sentence for the reader, in the language that is active now."""
        return str(self.message) % self.params if self.params else str(self.message)

    def __str__(self) -> str:
        return self.text


class NotPermitted(DomainError):
    code = "not_permitted"
    message = _("You may not do this.")
    status = HTTPStatus.FORBIDDEN


class NotFound(DomainError):
    """Missing, or somebody else's: the two look alike on purpose."""

    code = "not_found"
    message = _("We could not find this.")
    status = HTTPStatus.NOT_FOUND
