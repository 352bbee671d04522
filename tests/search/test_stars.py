"""Stars come from certificates and the day, in lists, filters and cards alike."""

import datetime as dt
import re

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from catalog.certification.models import Certificate
from search import services
from search.domain import Interval, stars_on, stars_terms
from tests.search.conftest import TODAY

DAYS = st.dates(min_value=dt.date(2024, 1, 1), max_value=dt.date(2031, 12, 31))


@pytest.fixture
def on(monkeypatch):
    def move(day):
        noon = dt.datetime(day.year, day.month, day.day, 5, tzinfo=dt.UTC)
        monkeypatch.setattr("kernel.clock.now", lambda: noon)

    move(TODAY)
    return move


def starred(**query):
    """(name, stars on its card) of each hit."""
    page = Client().get("/san-pham/", query).content.decode()
    cards = re.findall(r'<article class="product.*?</article>', page, re.S)
    return [
        (re.search(r'__name"><a [^>]*>([^<]+)', card).group(1), card.count("#star"))
        for card in cards
        if "#star" in card or query
    ]


@pytest.mark.django_db
def test_stars_lapse_at_midnight_without_a_write(market, on):
    assert starred(sao="4") == [("Cà phê đặc biệt Sáu Nhung", 4)]
    assert starred() == [("Cà phê bột pha phin Đăk Hà", 3), ("Cà phê đặc biệt Sáu Nhung", 4)]

    on(TODAY + dt.timedelta(days=1))

    assert starred(sao="4") == []
    assert starred() == [("Cà phê bột pha phin Đăk Hà", 3)]
    assert len(starred(sao="0")) == 6


@pytest.mark.django_db
def test_a_suspended_certificate_gives_no_stars_and_a_revoked_one_stops_at_once(market, on):
    assert ("Mật ong rừng Pa Dương", 0) in starred(sao="0")

    row = Certificate.objects.get(product=market["phin"])
    row.state = "revoked"
    row.save()
    services.catch_up()

    assert starred(sao="3") == []


@pytest.mark.django_db
def test_an_extension_keeps_the_stars(market, on):
    row = Certificate.objects.get(product=market["special"])
    row.state, row.extended_until = "extended", TODAY + dt.timedelta(days=100)
    row.save()
    services.catch_up()

    on(TODAY + dt.timedelta(days=100))
    assert starred(sao="4") == [("Cà phê đặc biệt Sáu Nhung", 4)]
    on(TODAY + dt.timedelta(days=101))
    assert starred(sao="4") == []


@given(DAYS, st.integers(0, 1500), DAYS, st.integers(0, 1200))
def test_the_terms_name_exactly_the_days_of_the_interval(start, length, day, later):
    """Indexed on one day and asked on the same or a later one, the two terms of a day say what the dates say."""
    interval = Interval(start, start + dt.timedelta(days=length), 4)
    asked = day + dt.timedelta(days=later)
    terms = stars_terms([interval], day).split()

    by_terms = f"4:{asked:%Y-%m}" in terms or f"4:{asked:%Y-%m-%d}" in terms

    assert by_terms == (stars_on([interval], asked) == 4)
