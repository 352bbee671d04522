"""Orders for tests, placed through the service."""

import itertools
from typing import Any

from kernel.actors import GUEST
from marketplace.orders import services
from marketplace.orders.models import Order
from marketplace.orders.quote import Wish

_number = itertools.count(1)
BUYER = services.Buyer(name="Nguyễn Thị Hạnh", phone="+84905123456", email="hanh@vidu.vn")
PLACE = services.Place(
    commune_code="23293",
    province_code="51",
    text="Phường Kon Tum, Tỉnh Quảng Ngãi",
    street="12 Trần Phú",
    note="Gọi trước",
)


def order(*lines: tuple[Any, int], method: str = "cod", **fields: Any) -> Order:
    """Place an order of [(product, quantity), …] as a guest."""
    wishes = [Wish(product.pk, quantity) for product, quantity in lines]
    fields.setdefault("idempotency_key", f"test-{next(_number)}")
    fields.setdefault("buyer", BUYER)
    fields.setdefault("place", PLACE)
    fields.setdefault("actor", GUEST)
    return services.order_place(wishes=wishes, method=method, **fields)
