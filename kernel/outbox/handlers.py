"""Who delivers which topic. A handler gets the payload and the key, and must be safe to run twice."""

from collections.abc import Callable
from typing import Any

Handler = Callable[[dict[str, Any], str], None]
_handlers: dict[str, Handler] = {}


def register(topic: str) -> Callable[[Handler], Handler]:
    """Decorator: deliver `topic` with this function. Called from `AppConfig.ready`."""

    def keep(handler: Handler) -> Handler:
        _handlers[topic] = handler
        return handler

    return keep


def handler_for(topic: str) -> Handler:
    """Raises KeyError for a topic that nobody delivers."""
    return _handlers[topic]
