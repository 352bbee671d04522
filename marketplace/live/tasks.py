from kernel.jobs import periodic
from marketplace.live.services import sessions_expire


@periodic(seconds=300)
def end_forgotten_sessions() -> None:
    sessions_expire()
