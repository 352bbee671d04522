"""Letters about requests to visit, delivered from the outbox."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from cms.navigation.selectors import operator
from cms.tourism.models import BookingRequest
from kernel.outbox.handlers import register


@register("tourism.booking.requested")
def tell_host_or_office(payload: dict[str, Any], key: str) -> None:
    """One letter to the host (where an address is known) or to the office."""
    booking = BookingRequest.objects.select_related("place").filter(pk=payload["booking"]).first()
    if booking is None:
        return
    office = operator("vi").get("email") or settings.DEFAULT_FROM_EMAIL
    host = booking.place.host_email if booking.place else ""
    to = host if payload["to"] == "host" else office
    if to:
        _send("booking_requested", booking, to, "vi")


@register("tourism.booking.answered")
def tell_guest(payload: dict[str, Any], key: str) -> None:
    booking = BookingRequest.objects.select_related("place").filter(pk=payload["booking"]).first()
    if booking is not None and booking.email:
        _send("booking_answered", booking, booking.email, booking.language)


def _send(name: str, booking: BookingRequest, to: str, language: str) -> None:
    with translation.override(language):
        prefix = "/en" if language == "en" else ""
        address = (
            f"{settings.SITE_URL}{prefix}/du-lich/{booking.place.slug}/hen/{booking.code}/" if booking.place else ""
        )
        context = {"booking": booking, "address": address, "site_url": settings.SITE_URL}
        subject = render_to_string(f"email/{name}_subject.txt", context).strip()
        body = render_to_string(f"email/{name}.txt", context)
    EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [to]).send()
