"""What the shop adds to a passport: picture, price, certificate, the maker's address, where to buy.

The shop registers one callable in its AppConfig.ready; this package knows nothing of shops.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import structlog

log = structlog.get_logger("ocop.trace")
Provider = Callable[[str], dict[str, Any] | None]
_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    """``provider(gtin)`` → a dict (all keys optional), or None for a GTIN it does not know:

    ``name``, ``name_en``, ``url``, ``picture`` ({src, width, height, alt}), ``price`` (đồng), ``unit``,
    ``can_buy``, ``certificate`` ({stars, url, valid_to, number}), ``producer`` ({name, address, url, phone}),
    ``papers`` ([{title, text, url, sign}]).
    """
    if provider not in _providers:
        _providers.append(provider)
    return provider


def product_facts(gtin: str) -> dict[str, Any]:
    """Facts of all providers, the first to name one wins. A failing shop never hides a passport."""
    facts: dict[str, Any] = {}
    for provider in _providers:
        try:
            found = provider(gtin) or {}
        except Exception:
            log.exception("passport_provider_failed", gtin=gtin)
            continue
        facts = {**found, **facts}
    return facts
