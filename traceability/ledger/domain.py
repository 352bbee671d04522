"""The hash chain under the trace: canonical JSON, links, and the search for the first bad line.

Pure functions over plain values; nothing here knows a database.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

GENESIS = "0" * 64


def canonical(value: object) -> str:
    """One spelling for one content: sorted keys, no blanks, NFC, UTC times, numbers without trailing zeros."""
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: object) -> object:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, bool) or value is None or isinstance(value, int):
        return value
    if isinstance(value, Decimal | float):
        text = format(Decimal(str(value)), "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, dict):
        return {_plain(str(k)): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if hasattr(value, "isoformat"):
        return value.isoformat()
    raise TypeError(f"no canonical form for {type(value).__name__}")


def payload_hash(payload: object) -> str:
    return hashlib.sha256(canonical(payload).encode()).hexdigest()


def link_hash(prev: str, seq: int, event_id: str, event_hash: str) -> str:
    """The hash of one line: it holds the line before, so no line can be changed, lost or slipped in alone."""
    return hashlib.sha256(f"{prev}\n{seq}\n{event_id}\n{event_hash}".encode()).hexdigest()


def head_message(size: int, head: str) -> bytes:
    return f"trace-head\n{size}\n{head}".encode()


def same(a: str, b: str) -> bool:
    return hmac.compare_digest(a, b)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log as it is stored."""

    seq: int
    event_id: str
    event_hash: str
    line_hash: str


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where the record does not hold."""

    kind: str  # changed, deleted, inserted, line_changed, cut, head_forged, checkpoint, no_head
    seq: int
    event_id: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    size: int
    head: str
    broken: Break | None = None

    @property
    def ok(self) -> bool:
        return self.broken is None


def walk(lines: Iterable[Line], events: Iterator[tuple[str, str]], marks: dict[int, str] | None = None) -> Verdict:
    """Check the chain line by line against the events, both in order of recording.

    ``events`` yields (event id, hash recomputed from the stored rows); ``marks`` holds line hashes known from
    elsewhere, by sequence number. Stops at the first break.
    """
    prev, expected = GENESIS, 1
    for line in lines:
        if line.seq != expected:
            return Verdict(expected - 1, prev, Break("deleted", expected))
        event = next(events, None)
        if event is None or event[0] != line.event_id:
            # Either this line's event is gone, or an event without a line stands before it.
            follows = next(events, None) if event is not None else None
            if event is not None and follows is not None and follows[0] == line.event_id:
                return Verdict(line.seq - 1, prev, Break("inserted", line.seq, event[0]))
            return Verdict(line.seq - 1, prev, Break("deleted", line.seq, line.event_id))
        if not same(event[1], line.event_hash):
            return Verdict(line.seq - 1, prev, Break("changed", line.seq, line.event_id))
        if not same(link_hash(prev, line.seq, line.event_id, line.event_hash), line.line_hash):
            return Verdict(line.seq - 1, prev, Break("line_changed", line.seq, line.event_id))
        if marks and line.seq in marks and not same(marks[line.seq], line.line_hash):
            return Verdict(line.seq - 1, prev, Break("checkpoint", line.seq, line.event_id))
        prev, expected = line.line_hash, expected + 1
    extra = next(events, None)
    if extra is not None:
        return Verdict(expected - 1, prev, Break("inserted", expected, extra[0]))
    return Verdict(expected - 1, prev)
