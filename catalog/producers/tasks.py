"""What follows from the day: goods of a maker whose paper lapsed at midnight look different in lists."""

from catalog.producers.services import lapsed_papers_announce
from kernel import clock
from kernel.jobs import periodic

HOUR = 60 * 60


@periodic(seconds=HOUR)
def announce_lapsed_papers() -> int:
    """Tell once who lost a mandatory paper since yesterday. Pages ask by day and need nothing; indexes listen."""
    return lapsed_papers_announce(day=clock.today())
