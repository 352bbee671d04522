import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from traceability.events.selectors.payload import stored_hashes
from traceability.ledger.services import chain_verify

SAYS = {
    "changed": "event {event} was changed after it was recorded (line {seq})",
    "deleted": "the event of line {seq} is gone: {event}",
    "inserted": "event {event} was slipped in without a line (at line {seq})",
    "line_changed": "line {seq} of the log was changed",
    "cut": "the log was cut: line {seq} and what followed are gone",
    "head_forged": "the signed head of the log was altered",
    "no_head": "the signed head of the log is gone",
    "checkpoint": "line {seq} differs from the checkpoint: the log was rewritten",
    "checkpoint_forged": "the checkpoint's own signature does not hold",
}


class Command(BaseCommand):
    help = "Check the whole trace log. Exit 0 if it is whole, 1 with the first bad event named."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--checkpoint", help="a file written earlier by export_checkpoint")

    def handle(self, *args, checkpoint=None, **options):
        known = None
        if checkpoint:
            try:
                known = json.loads(Path(checkpoint).read_text(encoding="utf-8"))
                int(known["size"]), str(known["head"])
            except (OSError, ValueError, KeyError, TypeError) as error:
                raise CommandError(f"{checkpoint}: {error!r}", returncode=2) from None
        verdict = chain_verify(stored_hashes(), checkpoint=known)
        broken = verdict.broken
        if options["json"]:
            told = {"ok": verdict.ok, "size": verdict.size, "head": verdict.head, "broken": None}
            if broken:
                told["broken"] = {"kind": broken.kind, "seq": broken.seq, "event_id": broken.event_id}
            self.stdout.write(json.dumps(told))
        elif broken:
            self.stdout.write(SAYS[broken.kind].format(seq=broken.seq, event=broken.event_id or "?"))
        else:
            self.stdout.write(f"whole: {verdict.size} lines, head {verdict.head}")
        if broken:
            sys.exit(1)
