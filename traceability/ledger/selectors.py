from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from traceability.ledger import signing
from traceability.ledger.models import LogHead, LogLine


@dataclass(frozen=True, slots=True)
class ChainState:
    """The head of the chain, and when the whole of it was last checked with what result."""

    size: int
    head: str
    key_id: str
    public_key: str
    checked_at: datetime | None
    checked_size: int
    checked_ok: bool


def chain_state() -> ChainState | None:
    head = LogHead.objects.filter(pk=1).first()
    if head is None:
        return None
    return ChainState(
        head.size, head.head, head.key_id, signing.public_key(), head.checked_at, head.checked_size, head.checked_ok
    )


def locked_hashes() -> dict[str, str]:
    """Event id → the hash that was locked when it was recorded, of the whole log."""
    return dict(LogLine.objects.values_list("event_id", "event_hash"))
