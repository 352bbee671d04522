"""Putting messages into the outbox and delivering those that are due."""

from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db.models import F

from kernel import clock
from kernel.outbox.handlers import handler_for
from kernel.outbox.models import OutboxMessage

log = structlog.get_logger("ocop.outbox")
MAX_ATTEMPTS = 12
LEASE_SECONDS = 120


def put(*, topic: str, key: str, payload: dict[str, Any], available_at: datetime | None = None) -> OutboxMessage:
    """Write a message in the current transaction. The same key a second time changes nothing."""
    message, _ = OutboxMessage.objects.get_or_create(
        key=key, defaults={"topic": topic, "payload": payload, "available_at": available_at or clock.now()}
    )
    return message


def deliver_due(limit: int = 100) -> int:
    """Deliver up to `limit` messages that are due; returns how many were sent.

    Each is leased by one guarded update, so that several workers never take the same one; a worker that dies
    leaves it to be taken again after the lease. Failures wait 2, 4, 8… seconds (at most an hour).
    """
    due = OutboxMessage.objects.filter(state=OutboxMessage.State.WAITING, available_at__lte=clock.now())
    sent = 0
    for message in due.order_by("available_at", "id")[:limit]:
        if _lease(message):
            sent += _deliver(message)
    return sent


def _lease(message: OutboxMessage) -> bool:
    until = clock.now() + timedelta(seconds=LEASE_SECONDS)
    taken = OutboxMessage.objects.filter(
        pk=message.pk, state=OutboxMessage.State.WAITING, available_at=message.available_at
    ).update(available_at=until, attempts=F("attempts") + 1)
    return bool(taken)


def _deliver(message: OutboxMessage) -> int:
    row = OutboxMessage.objects.filter(pk=message.pk)
    try:
        handler_for(message.topic)(message.payload, message.key)
    except Exception as error:  # whatever a provider throws must not stop the queue
        attempts = message.attempts + 1
        failed = attempts >= MAX_ATTEMPTS
        row.update(
            state=OutboxMessage.State.FAILED if failed else OutboxMessage.State.WAITING,
            available_at=clock.now() + timedelta(seconds=min(2**attempts, 3600)),
            last_error=f"{type(error).__name__}: {error}"[:500],
        )
        log.warning("outbox_failed", topic=message.topic, attempts=attempts, error=type(error).__name__)
        return 0
    row.update(state=OutboxMessage.State.SENT, sent_at=clock.now(), last_error="")
    return 1


def revive_failed() -> int:
    """Messages that were given up are tried anew; returns how many."""
    return OutboxMessage.objects.filter(state=OutboxMessage.State.FAILED).update(
        state=OutboxMessage.State.WAITING, attempts=0, available_at=clock.now()
    )
