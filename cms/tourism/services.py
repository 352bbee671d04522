"""Requests to visit: taken in, passed on to host and office, answered."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta

from django.db import transaction

from cms.tourism.errors import BookingAnswered, BookingClosed, BookingDayRefused, BookingTooMany
from cms.tourism.models import BookingRequest, PlacePage
from kernel import clock
from kernel.actors import Actor
from kernel.audit import services as audit
from kernel.outbox import services as outbox
from kernel.text import nfc

PER_PHONE_AND_DAY = 3
DAYS_AHEAD = 365
ALPHABET = "abcdefghjkmnpqrstvwxyz23456789"
State = BookingRequest.State


def new_code() -> str:
    """Ten letters that nobody guesses: the visitor's key to the answer."""
    return "".join(secrets.choice(ALPHABET) for _ in range(10))


@transaction.atomic
def booking_request(
    *,
    actor: Actor,
    place: PlacePage,
    day: date,
    people: int,
    phone: str,
    name: str = "",
    email: str = "",
    note: str = "",
    language: str = "vi",
) -> BookingRequest:
    """Write the request down and put the letters to host and office into the outbox.

    Raises: BookingClosed, BookingDayRefused, BookingTooMany.
    """
    if not place.takes_bookings or not place.live:
        raise BookingClosed
    if not clock.today() < day <= clock.today() + timedelta(days=DAYS_AHEAD):
        raise BookingDayRefused
    since = clock.now() - timedelta(days=1)
    if BookingRequest.objects.filter(phone=phone, created_at__gte=since).count() >= PER_PHONE_AND_DAY:
        raise BookingTooMany
    request = BookingRequest.objects.create(
        code=new_code(),
        place=place,
        place_title=place.title,
        day=day,
        people=people,
        phone=phone,
        name=nfc(name),
        email=email,
        note=nfc(note),
        language=language,
    )
    audit.record(actor, "tourism.booking.requested", request)
    for to in ("host", "office"):
        outbox.put(
            topic="tourism.booking.requested",
            key=f"booking:{request.pk}:{to}",
            payload={"booking": request.pk, "to": to},
        )
    return request


@transaction.atomic
def booking_answer(*, actor: Actor, request: BookingRequest, state: str, reply: str = "") -> BookingRequest:
    """Accept or decline; the guest is told by e-mail where one was left, and on the page of the request.

    Raises: BookingAnswered when somebody else answered in the meantime with another word.
    """
    changed = BookingRequest.objects.filter(pk=request.pk, state__in=[State.WAITING, state]).update(
        state=state, reply=nfc(reply), answered_at=clock.now()
    )
    if not changed:
        raise BookingAnswered
    old = request.state
    request.refresh_from_db()
    audit.record(actor, "tourism.booking.answered", request, old={"state": old}, new={"state": state})
    if state != State.WAITING:
        outbox.put(
            topic="tourism.booking.answered",
            key=f"booking:{request.pk}:{state}:{int(clock.now().timestamp())}",
            payload={"booking": request.pk},
        )
    return request


@transaction.atomic
def booking_cancel(*, actor: Actor, request: BookingRequest) -> BookingRequest:
    """The guest calls it off; host and office are told. A second time changes nothing."""
    open_states = [State.WAITING, State.ACCEPTED]
    if BookingRequest.objects.filter(pk=request.pk, state__in=open_states).update(state=State.CANCELLED):
        audit.record(actor, "tourism.booking.cancelled", request)
        for to in ("host", "office"):
            outbox.put(
                topic="tourism.booking.requested",
                key=f"booking:{request.pk}:{to}:cancelled",
                payload={"booking": request.pk, "to": to},
            )
    request.refresh_from_db()
    return request


def bookings_forget(*, before: datetime) -> int:
    """Delete requests that came in earlier; says how many."""
    return BookingRequest.objects.filter(created_at__lt=before).delete()[0]
