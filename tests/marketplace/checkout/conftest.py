import pytest

from tests.factories import market


@pytest.fixture
def places(db):
    return market.places()


@pytest.fixture
def put(client, places):
    """Put a product into the client's basket."""

    def put_in(item, quantity=1, **fields):
        return client.post("/gio-hang/them/", {"product_id": item.pk, "quantity": quantity, **fields})

    return put_in
