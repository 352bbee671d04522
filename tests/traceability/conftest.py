import pytest

from tests.traceability.market import pack_lot
from tests.traceability.story import import_demo_zones


@pytest.fixture
def zones(db):
    import_demo_zones()


@pytest.fixture
def lot(zones):
    return pack_lot()
