import pytest

from marketplace.pos import services
from tests.factories import doors


@pytest.fixture
def counter(db):
    return doors.point()


@pytest.fixture
def clerk(counter):
    return doors.clerk(counter)


@pytest.fixture
def shift(counter, clerk):
    return services.shift_open(actor=doors.actor(clerk), point=counter, float_cash=500_000)


@pytest.fixture
def sell(counter, clerk):
    """Make a bill of [(product, quantity[, lot]), …] through the service."""

    def make(*lines, key="bill-0001", payment="cash", **fields):
        rows = [services.BillLine(item.pk, *rest) for item, *rest in lines]
        return services.sale_make(
            actor=fields.pop("actor", doors.actor(clerk)), point=fields.pop("point", counter), key=key, lines=rows,
            payment=payment, **fields,
        )  # fmt: skip

    return make
