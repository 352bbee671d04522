"""The refusals of the picture pipeline, in the reader's words."""

from __future__ import annotations

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError
from kernel.pictures.domain import Fault

MESSAGES = {
    Fault.EMPTY: _("The file is empty. Choose the picture again."),
    Fault.HEAVY: _("The picture is larger than 10 MB. Send a smaller one."),
    Fault.TYPE: _("This file is no picture we can read. Send a JPEG, PNG, WebP or HEIC photo."),
    Fault.SVG: _("SVG drawings are not accepted. Send a JPEG, PNG, WebP or HEIC photo."),
    Fault.BROKEN: _("The picture is damaged or cut off. Take it again or send the original."),
    Fault.PIXELS: _("The picture has more than 24 megapixels. Send a smaller one."),
    Fault.SMALL: _("The picture is too small: each side needs at least 100 pixels."),
    Fault.SHAPE: _("The picture is too long and narrow. Cut it closer to a square."),
    Fault.MOVING: _("Moving pictures are not accepted. Send a still photo."),
}


class PictureRefused(DomainError):
    """The file is not taken; `fault` says why."""

    code = "picture_refused"
    message = _("The picture was not accepted.")
    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, fault: Fault) -> None:
        super().__init__()
        self.fault = fault
        self.code = fault.value
        self.message = MESSAGES[fault]
