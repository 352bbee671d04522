from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from catalog.certification.models import RuleSet
from catalog.certification.selectors import rule_set_on
from catalog.places import services as places
from catalog.products.models import Category
from tests.factories.places import small_units


@pytest.mark.django_db
def test_reference_data_is_there_after_one_run_and_a_second_changes_nothing(monkeypatch, tmp_path):
    monkeypatch.setattr(places, "DATA", small_units(tmp_path))
    call_command("load_reference", stdout=StringIO())
    again = StringIO()

    call_command("load_reference", stdout=again)

    assert again.getvalue().split("\n")[:3] == ["0 administrative units", "0 groups and sets", "0 decisions"]
    assert (Category.objects.count(), RuleSet.objects.count()) == (32, 4)
    assert rule_set_on(date(2026, 11, 24)).code == "26-2026"
