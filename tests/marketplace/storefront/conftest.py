"""What a process remembers between requests is forgotten between tests."""

import pytest

from catalog.products import selectors as products
from kernel import pagecache
from marketplace.storefront import lookup
from marketplace.storefront.selectors import product


@pytest.fixture(autouse=True)
def fresh_process(monkeypatch):
    pagecache.store.clear()
    monkeypatch.setattr(pagecache, "VERSION_SECONDS", 60.0)  # On a busy machine a page may take over a second.
    monkeypatch.setattr(lookup, "_directory", (0, -1000.0, []))
    monkeypatch.setattr(products, "_trails", (0, {}))
    monkeypatch.setattr(product, "_provinces", None)
    monkeypatch.setattr(product, "_cards", ((), {}))
