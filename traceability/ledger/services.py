"""Writing the chain, checking it, and taking its head off the machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import transaction

from kernel import clock
from traceability.ledger import signing
from traceability.ledger.domain import GENESIS, Break, Line, Verdict, head_message, link_hash, walk
from traceability.ledger.models import Check, LogHead, LogLine


def lines_append(records: Sequence[tuple[str, str]]) -> list[LogLine]:
    """Add one line for each (event id, event hash), inside the caller's transaction. The head row is the lock."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("trace lines are written with their events, in one transaction")
    head = LogHead.objects.select_for_update().filter(pk=1).first() or LogHead(pk=1, size=0, head=GENESIS)
    lines, now = [], clock.now()
    for event_id, event_hash in records:
        head.size += 1
        head.head = link_hash(head.head, head.size, event_id, event_hash)
        lines.append(
            LogLine(seq=head.size, event_id=event_id, event_hash=event_hash, line_hash=head.head, written_at=now)
        )
    LogLine.objects.bulk_create(lines, batch_size=1000)
    head.signature, head.key_id = signing.sign(head_message(head.size, head.head)), signing.key_id()
    head.save()
    return lines


def chain_verify(events: Iterator[tuple[str, str]], *, checkpoint: dict | None = None, keep: bool = True) -> Verdict:
    """Check the whole chain against ``events`` (event id and recomputed hash, in order of recording).

    ``checkpoint`` is a head exported earlier; with it a log rolled back as a whole is found too.
    """
    marks = {}
    if checkpoint is not None:
        message = head_message(int(checkpoint["size"]), str(checkpoint["head"]))
        if not signing.signature_holds(message, str(checkpoint.get("signature", ""))):
            return _keep(Verdict(0, GENESIS, Break("checkpoint_forged", int(checkpoint["size"]))), keep)
        marks[int(checkpoint["size"])] = str(checkpoint["head"])
    rows = LogLine.objects.order_by("seq").values_list("seq", "event_id", "event_hash", "line_hash")
    verdict = walk((Line(*row) for row in rows.iterator(chunk_size=5000)), events, marks)
    if verdict.ok:
        verdict = _check_head(verdict)
    if verdict.ok and checkpoint is not None and int(checkpoint["size"]) > verdict.size:
        verdict = Verdict(verdict.size, verdict.head, Break("cut", verdict.size + 1))
    return _keep(verdict, keep)


def _check_head(verdict: Verdict) -> Verdict:
    head = LogHead.objects.filter(pk=1).first()
    if head is None:
        return verdict if verdict.size == 0 else Verdict(verdict.size, verdict.head, Break("no_head", verdict.size))
    if not signing.signature_holds(head_message(head.size, head.head), head.signature):
        return Verdict(verdict.size, verdict.head, Break("head_forged", head.size))
    if head.size > verdict.size:
        return Verdict(verdict.size, verdict.head, Break("cut", verdict.size + 1))
    if head.size < verdict.size or head.head != verdict.head:
        return Verdict(verdict.size, verdict.head, Break("inserted", head.size + 1))
    return verdict


def _keep(verdict: Verdict, keep: bool) -> Verdict:
    if keep:
        now = clock.now()
        LogHead.objects.filter(pk=1).update(checked_at=now, checked_size=verdict.size, checked_ok=verdict.ok)
        broken = verdict.broken or Break("", 0)
        Check.objects.create(
            at=now,
            size=verdict.size,
            head=verdict.head,
            broken_kind=broken.kind,
            broken_seq=broken.seq or None,
            broken_event_id=broken.event_id,
        )
    return verdict


def checkpoint_export() -> dict:
    """The signed head of the chain as plain values, to be kept off the machine."""
    head = LogHead.objects.filter(pk=1).first()
    size, value = (head.size, head.head) if head else (0, GENESIS)
    return {
        "kind": "trace-checkpoint",
        "size": size,
        "head": value,
        "signature": signing.sign(head_message(size, value)),
        "key_id": signing.key_id(),
        "public_key": signing.public_key(),
        "exported_at": clock.now().isoformat(),
    }
