"""Places, sets and a register file that are small enough to load in every test."""

import csv
import io

import pytest

from catalog.feeds.domain import COLUMNS
from catalog.places import services as places
from catalog.products.services import categories_load
from kernel.actors import Actor
from tests.factories.places import small_units


@pytest.fixture
def office():
    return Actor(label="user:1", roles=frozenset({"office"}))


@pytest.fixture
def stranger():
    return Actor(label="user:2")


@pytest.fixture
def units(db, tmp_path_factory, monkeypatch):
    """All provinces, today's communes of the former Kon Tum, all its units of 2023, and two communes elsewhere."""
    monkeypatch.setattr(places, "DATA", small_units(tmp_path_factory.mktemp("units")))
    places.units_load()


@pytest.fixture
def sets(db):
    categories_load()


GOOD_ROW = {
    "product_name": "Cà phê bột Đăk Mar",
    "product_group": "Thực phẩm",
    "suggested_set_no": "13",
    "producer_name": "HTX Đăk Mar",
    "producer_type": "HTX",
    "district": "Huyện Đắk Hà",
    "district_code": "615",
    "commune": "Xã Đắk Mar",
    "commune_code_2023": "23512",
    "commune_2025": "Xã Đăk Mar",
    "commune_code_2025": "23512",
    "stars": "3",
    "year_recognised": "2021",
    "status": "recognised",
    "source_url": "https://example.vn/tin",
}


@pytest.fixture
def register_file(tmp_path):
    """Writes a register .csv of rows that differ from GOOD_ROW as told; returns its path."""

    def write(*rows, columns=COLUMNS, name="register.csv"):
        text = io.StringIO()
        writer = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        for changes in rows:
            writer.writerow(GOOD_ROW | changes)
        path = tmp_path / name
        path.write_text(text.getvalue(), encoding="utf-8")
        return path

    return write
