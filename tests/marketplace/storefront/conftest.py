"""What a process remembers between requests is forgotten between tests."""

import pytest

from catalog.products import selectors as products
from kernel import pagecache
from marketplace.storefront import lookup, selectors


@pytest.fixture(autouse=True)
def fresh_process(monkeypatch):
    pagecache.store.clear()
    monkeypatch.setattr(lookup, "_directory", ((0, ""), []))
    monkeypatch.setattr(products, "_trails", (0, {}))
    monkeypatch.setattr(selectors, "_provinces", None)
    monkeypatch.setattr(selectors, "_cards", ((), {}))
