"""What can go wrong between the shop and a search engine."""


class EngineDown(Exception):
    """The engine gave no answer in time, or has no index yet."""


class EngineBusy(Exception):
    """Somebody else is writing the index; try again later."""
