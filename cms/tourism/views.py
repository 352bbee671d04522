"""Sending a request to visit, and the page that shows its state to the one who has the code."""

from __future__ import annotations

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.tourism.errors import BookingTooMany
from cms.tourism.forms import BookingForm
from cms.tourism.models import BookingRequest, PlacePage
from cms.tourism.services import booking_cancel, booking_request
from kernel.actors import actor_of
from kernel.errors import DomainError

PER_ADDRESS_AND_HOUR = 12


def _personal(response: HttpResponse) -> HttpResponse:
    response.personal = True  # type: ignore[attr-defined]
    return response


def book(request: HttpRequest, place: PlacePage) -> HttpResponse:
    """POST only; a mistake shows the page again with what was typed."""
    if request.method != "POST":
        return _personal(HttpResponseRedirect(f"{place.url}#hen"))
    form = BookingForm(request.POST)
    if not place.takes_bookings:
        raise Http404
    if form.is_valid():
        if form.is_spam:
            form.add_error(None, _("Not sent. Wait a moment and press the button once more."))
        else:
            try:
                _brake(request)
                made = _book(request, place, form)
            except DomainError as error:
                form.add_error("day" if error.code == "booking_day" else None, error.text)
            else:
                return _personal(HttpResponseRedirect(f"{place.url}hen/{made.code}/", status=303))
    # The page again, with a new moment of beginning so that the next try is not taken for a machine.
    form.data = form.data.copy()
    form.data["began"] = form.fields["began"].initial
    response = place.render(request, context_overrides={"sent_form": form})
    response.status_code = 422
    return _personal(response)


def _book(request: HttpRequest, place: PlacePage, form: BookingForm) -> BookingRequest:
    fields = {name: form.cleaned_data[name] for name in ("day", "people", "phone", "name", "email", "note")}
    language = "en" if (get_language() or "").startswith("en") else "vi"
    return booking_request(actor=actor_of(request), place=place, language=language, **fields)


def _brake(request: HttpRequest) -> None:
    """Some requests an hour from one address are enough for a family and too few for a flood."""
    if not settings.RATE_LIMITS:
        return
    key = f"booking:{request.META.get('REMOTE_ADDR', '')}"
    cache.add(key, 0, 3600)
    if cache.incr(key) > PER_ADDRESS_AND_HOUR:
        raise BookingTooMany


def booked(request: HttpRequest, place: PlacePage, code: str) -> HttpResponse:
    """State and answer; whoever has the code may also call the visit off."""
    found = BookingRequest.objects.filter(code=code, place__translation_key=place.translation_key).first()
    if found is None:
        raise Http404
    if request.method == "POST":
        booking_cancel(actor=actor_of(request), request=found)
        return _personal(HttpResponseRedirect(request.path, status=303))
    return _personal(place.render(request, template="cms/booked.html", context_overrides={"booking": found}))
