"""On the worker's timer: the whole chain is checked once an hour, so that passports can say when."""

import structlog

from kernel import jobs, pagecache
from traceability.events.selectors.payload import stored_hashes
from traceability.ledger.services import chain_verify

log = structlog.get_logger("ocop.trace")


@jobs.periodic(seconds=3600)
def check_trace_log() -> None:
    verdict = chain_verify(stored_hashes())
    if verdict.broken is not None:
        log.error("trace_log_broken", kind=verdict.broken.kind, seq=verdict.broken.seq)
        pagecache.bump()
