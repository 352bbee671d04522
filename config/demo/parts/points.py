"""Two sales points with goods on their shelves, and the clerk who stands there."""

import random
from collections.abc import Callable

from django.db import transaction

from catalog.places.models import AdminUnit
from config.demo.accounts import PEOPLE
from kernel.actors import SYSTEM
from marketplace.accounts.models import User
from marketplace.inventory import services as stock
from marketplace.inventory.models import Stock
from marketplace.points import services
from marketplace.points.models import SalesPoint

# Made-up places with real communes; the numbers are ones that nobody has.
POINTS = (
    {
        "name": "Quầy OCOP phường Kon Tum", "name_en": "OCOP counter, Kon Tum ward", "slug": "phuong-kon-tum",
        "address": "00 Phan Đình Phùng", "hours": "7:00–20:00 mỗi ngày", "hours_en": "7:00–20:00 every day",
        "phone": "02600000001", "code": "23293",
        "about": "Nếm thử cà phê, mật ong và trà trước khi mua. Nhận đơn đặt trên mạng tại quầy.",
        "about_en": "Taste coffee, honey and tea before you buy. Fetch orders placed on the web here.",
        "way": "Gần nhà thờ gỗ, có chỗ để xe máy.", "way_en": "Near the wooden church, with parking for motorbikes.",
    },
    {
        "name": "Gian hàng Măng Đen", "name_en": "Măng Đen stall", "slug": "mang-den",
        "address": "Chợ phiên Măng Đen", "hours": "8:00–17:00, thứ Sáu đến Chủ nhật",
        "hours_en": "8:00–17:00, Friday to Sunday", "phone": "02600000002", "code": "23473",
        "about": "Hàng của các xã quanh Măng Đen, có rượu sim và cam theo mùa.",
        "about_en": "Goods of the communes around Măng Đen, with sim wine and oranges in season.",
    },
)  # fmt: skip
GOODS = 36


def seed(*, rng: random.Random, scale: int, out: Callable[[str], object]) -> None:
    made = []
    for row in POINTS:
        row = dict(row)
        commune = AdminUnit.objects.current().filter(code=row.pop("code")).first()
        made.append(services.point_open(actor=SYSTEM, commune=commune, **row))
    carried = sum(_fill(point, rng) for point in made)
    for person in PEOPLE:
        user = User.objects.filter(phone=person.phone).first()
        if person.role == "clerk" and user:
            services.clerk_add(actor=SYSTEM, user=user, point=made[0])
    out(f"points: {len(made)}, {carried} goods carried to their shelves")


def _fill(point: SalesPoint, rng: random.Random) -> int:
    if Stock.objects.filter(location_id=point.location_id).exists():
        return 0
    rows = [s for s in Stock.objects.filter(location__sells_online=True).order_by("pk") if s.free >= 18]
    rng.shuffle(rows)
    with transaction.atomic():
        for row in rows[:GOODS]:
            stock.transfer(
                actor=SYSTEM, product_id=row.product_id, from_id=row.location_id, to_id=point.location_id,
                quantity=rng.choice((4, 6, 8, 12)), key=f"demo-point:{point.pk}:{row.product_id}",
            )  # fmt: skip
    return min(GOODS, len(rows))
