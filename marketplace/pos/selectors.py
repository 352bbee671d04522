"""What the counter shows: the shelf with codes and stopped lots, receipts, the drawer."""

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet, Sum

from kernel.pictures.addresses import picture_url
from marketplace.inventory import selectors as inventory
from marketplace.points import selectors as points
from marketplace.pos.domain import Scan, expected_cash
from marketplace.pos.errors import SaleNotFound
from marketplace.pos.models import GoodsSlip, Sale, SaleReturn, Shift
from marketplace.sellers.selectors import records_of_packs, records_of_partner
from traceability.lots.errors import LotNotFound
from traceability.lots.selectors import lot_by_short_code, lot_get, lot_state

if TYPE_CHECKING:
    from marketplace.points.models import SalesPoint


def shift_open_at(point: "SalesPoint") -> Shift | None:
    return Shift.objects.filter(point=point, closed_at=None).first()


def shifts_of(point: "SalesPoint") -> QuerySet[Shift]:
    return Shift.objects.filter(point=point)


def shelf(point: "SalesPoint") -> list[dict[str, Any]]:
    """The goods of the point as the till's script needs them."""
    goods = points.goods_at(point)
    records = {r.product_id: r.product for r in records_of_packs([g["id"] for g in goods])}
    shown = []
    for row in goods:
        product = records[row["id"]]
        owner = product.parent if product.parent_id else product
        picture = row["picture"]
        shown.append(
            {
                "id": row["id"],
                "name": row["name"],
                "pack": row["pack"],
                "price": row["price"],
                "left": row["left"],
                "gtin": product.gtin or "",
                "adult": bool(product.is_alcohol or owner.is_alcohol),
                "picture": picture_url(picture, 200, "jpg") if picture and picture.ready else "",
            }
        )
    return shown


def resolve(scan: Scan) -> dict[str, str]:
    """{"gtin", "lot", "state"}: what was scanned and whether its lot may be sold."""
    gtin, code, state = scan.gtin, scan.lot, ""
    try:
        if scan.short:
            lot = lot_by_short_code(scan.short)
            gtin, code = lot.gtin, lot.code
        if code:
            state = lot_state(lot_get(gtin=gtin, code=code))
    except LotNotFound:
        state = "unknown"
    return {"gtin": gtin, "lot": code, "state": state}


def sale_get(points_of_clerk: Any, number: str) -> Sale:
    """A receipt of one of these counters. Raises: SaleNotFound."""
    rows = Sale.objects.filter(shift__point__in=points_of_clerk).prefetch_related("lines", "returns")
    found = rows.select_related("shift__point", "cashier").filter(number=number).first()
    if found is None:
        raise SaleNotFound
    return found


def sale_known(point: "SalesPoint", key: str) -> Sale | None:
    """The sale of this counter that was sent with `key`. Raises: SaleNotFound, if it is another counter's."""
    found = Sale.objects.select_related("shift").filter(key=key).first()
    if found is not None and found.shift.point_id != point.pk:
        raise SaleNotFound
    return found


def sales_of(shift: Shift) -> QuerySet[Sale]:
    return Sale.objects.filter(shift=shift).prefetch_related("lines")


def drawer(shift: Shift) -> dict[str, int]:
    """What the drawer must hold, and how the day went."""
    paid = Sale.objects.filter(shift=shift, is_paid=True)
    cash = paid.filter(payment="cash").aggregate(n=Sum("total"))["n"] or 0
    bank = paid.filter(payment="vietqr").aggregate(n=Sum("total"))["n"] or 0
    back = SaleReturn.objects.filter(shift=shift).aggregate(n=Sum("amount"))["n"] or 0
    return {
        "cash": cash, "bank": bank, "back": back, "sales": paid.count(),
        "expected": expected_cash(shift.float_cash, cash, back),
    }  # fmt: skip


def slips_of(point: "SalesPoint") -> QuerySet[GoodsSlip]:
    return GoodsSlip.objects.filter(point=point).select_related("partner", "by")


def slip_get(point: "SalesPoint", number: str) -> GoodsSlip | None:
    return slips_of(point).filter(number=number).first()


def goods_of_partner(partner: Any, point: "SalesPoint") -> list[dict[str, Any]]:
    """What a maker sells, with what of it stands here."""
    here = {row.product_id: row.on_hand for row in inventory.stock_at(point.location_id)}
    rows = []
    for record in records_of_partner(partner.pk):
        owner = record.product.parent or record.product
        title = f"{owner.title} {record.product.pack}".strip()
        rows.append({"id": record.product_id, "title": title, "here": here.get(record.product_id, 0)})
    return sorted(rows, key=lambda row: row["title"])
