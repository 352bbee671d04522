"""On the worker's timer: the whole log is checked once an hour, so that passports can say when.

Where it is broken, packed lots whose record does not hold are put on hold at once.
"""

import structlog

from kernel import jobs, pagecache
from kernel.actors import SYSTEM
from traceability.events.selectors.payload import stored_hashes
from traceability.ledger.services import chain_verify
from traceability.lots.services import lots_guard

log = structlog.get_logger("ocop.trace")


@jobs.periodic(seconds=3600)
def check_trace_log() -> None:
    verdict = chain_verify(stored_hashes())
    if verdict.broken is not None:
        held = lots_guard(actor=SYSTEM)
        log.error("trace_log_broken", kind=verdict.broken.kind, seq=verdict.broken.seq, held=len(held))
        pagecache.bump()
