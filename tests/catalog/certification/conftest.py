from datetime import date

import pytest

from catalog.certification.models import RuleSet
from catalog.certification.services import certificate_issue, rule_sets_load
from catalog.products.services import product_create
from kernel import clock
from kernel.actors import SYSTEM

TODAY = date(2026, 11, 24)


@pytest.fixture
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    return TODAY


@pytest.fixture
def product(sets):
    return product_create(actor=SYSTEM, title="Trà sâm dây", set_number=12)


@pytest.fixture
def issue(today, product):
    rule_sets_load()

    def make(**changes):
        rules = RuleSet.objects.get(code=changes.pop("rules", "26-2026"))
        facts = {
            "actor": SYSTEM,
            "product": product,
            "number": "01-2026",
            "stars": 3,
            "rule_set": rules,
            "issuing_level": "province",
            "issuing_body": "UBND tỉnh Quảng Ngãi",
            "issued_on": date(2026, 6, 1),
        }
        return certificate_issue(**(facts | changes))

    return make
