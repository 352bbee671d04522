"""Jobs of the worker."""

import structlog

from kernel.jobs import periodic
from search import services
from search.errors import EngineBusy, EngineDown

log = structlog.get_logger("ocop.search")
_looked = False  # once in the life of a worker: a deployment starts new ones


@periodic(seconds=2)
def carry_changes() -> None:
    """What was marked goes into cards and index; an engine that is down gets it later."""
    global _looked
    try:
        if not _looked:
            services.follow_look()
            _looked = True
        services.catch_up()
    except (EngineBusy, EngineDown) as error:
        log.warning("search_index_behind", error=str(error)[:200])
