"""`{% booking_form as form %}`: an empty form for a place, or the one that was sent with mistakes."""

from typing import Any

from django import template

from cms.tourism.forms import BookingForm

register = template.Library()


@register.simple_tag(takes_context=True)
def booking_form(context: Any) -> BookingForm:
    return context.get("sent_form") or BookingForm()
