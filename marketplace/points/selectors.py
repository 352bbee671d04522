"""Sales points and what lies in them."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from catalog.certification.selectors import current_stars
from catalog.pictures.selectors import main_pictures
from kernel import clock
from kernel.money import dong
from marketplace.inventory import selectors as inventory
from marketplace.points.models import PointMember, SalesPoint
from marketplace.sellers.selectors import records_of_packs


def points_public() -> QuerySet[SalesPoint]:
    return SalesPoint.objects.filter(is_active=True).select_related("commune", "location")


def pickup_points() -> QuerySet[SalesPoint]:
    """Where an order can be fetched; `slug` is what an order keeps as `pickup_point`."""
    return points_public().filter(pickup=True)


def point_get(slug: str) -> SalesPoint | None:
    return points_public().filter(slug=slug).first()


def points_of_clerk(user: Any) -> QuerySet[SalesPoint]:
    """The counters this person may stand at."""
    return points_public().filter(members__user=user, members__is_active=True).distinct()


def is_clerk(user: Any) -> bool:
    return PointMember.objects.filter(user=user, is_active=True, point__is_active=True).exists()


def goods_at(point: SalesPoint) -> list[dict[str, Any]]:
    """What can be bought here now: name, price, pieces, picture and stars, public goods only."""
    rows = [stock for stock in inventory.stock_at(point.location_id) if stock.free > 0 and stock.product.is_public]
    ids = [row.product_id for row in rows]
    prices = {record.product_id: record for record in records_of_packs(ids)}
    owners = [row.product.parent_id or row.product_id for row in rows]
    pictures, stars = main_pictures(owners), current_stars(owners, clock.today())
    shown = []
    for row, owner in zip(rows, owners, strict=True):
        record = prices.get(row.product_id)
        if record is None or record.price is None:
            continue
        product = record.product
        page = product.parent if product.parent_id else product
        shown.append(
            {
                "id": row.product_id,
                "name": page.title,
                "pack": product.pack,
                "url": reverse("storefront:product", args=[page.slug]),
                "price": dong(record.price),
                "left": row.free,
                "picture": pictures.get(owner),
                "stars": stars[owner].stars if owner in stars else None,
            }
        )
    return sorted(shown, key=lambda goods: goods["name"])
