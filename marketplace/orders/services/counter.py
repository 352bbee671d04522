"""A sale over the counter: ordered, paid and handed over in one transaction."""

from collections.abc import Iterable

from django.db import transaction

from catalog.bundles.selectors import components_of
from kernel.actors import Actor
from marketplace.inventory import domain as stock_rules
from marketplace.inventory import selectors as inventory_read
from marketplace.inventory import services as inventory
from marketplace.orders.models import Order
from marketplace.orders.quote import Wish
from marketplace.orders.services.fulfil import seller_order_deliver, seller_order_pack
from marketplace.orders.services.place import Buyer, Place, order_place
from marketplace.payments import services as payments
from traceability.lots.errors import NothingLeft


@transaction.atomic
def counter_sale(
    *,
    actor: Actor,
    wishes: Iterable[Wish],
    key: str,
    location_id: int,
    point_code: str,
    point_name: str,
    method: str = "cash",
    buyer: Buyer | None = None,
    allow_shortage: bool = False,
) -> Order:
    """Sell at a sales point. The same `key` returns the first sale.

    `allow_shortage`: the goods have left already (a till that was offline); what the books lack is booked in as a
    shortage for a person to look at. Money taken by transfer or card at the till is recorded as cash of that method.

    Raises: SoldOut, NotForSale, NothingToOrder.
    """
    wishes = list(wishes)
    known = Order.objects.filter(idempotency_key=key).first()
    if known is not None:
        return known
    if allow_shortage:
        _cover(actor, wishes, location_id, key)
    order = order_place(
        actor=actor,
        wishes=wishes,
        buyer=buyer or Buyer("", ""),
        place=Place(pickup_point=point_code, pickup_name=point_name),
        method="cash",
        idempotency_key=key,
        adult_confirmed=True,
        channel="pos",
        location_id=location_id,
        ref=f"till:{method}"[:60],
    )
    payments.receipt_add(
        key=f"till:{order.number}", source="cash", amount=order.grand_total, reference=order.number, actor=actor
    )
    for part in order.seller_orders.order_by("pk"):
        _hand_over(part, actor)
    order.refresh_from_db()
    return order


def _hand_over(part: object, actor: Actor) -> None:
    try:
        with transaction.atomic():
            seller_order_pack(part=part, actor=actor)  # type: ignore[arg-type]
    except NothingLeft:
        # The goods are in the buyer's hands: the sale stands, only without a lot on its lines.
        part.refresh_from_db()  # type: ignore[attr-defined]
        seller_order_pack(part=part, actor=actor, with_lots=False)  # type: ignore[arg-type]
    seller_order_deliver(part=part, actor=actor, picked_up=True)  # type: ignore[arg-type]


def _cover(actor: Actor, wishes: list[Wish], location_id: int, key: str) -> None:
    pieces = stock_rules.expand(
        [(wish.product_id, wish.quantity) for wish in wishes], components_of([wish.product_id for wish in wishes])
    )
    left = inventory_read.available(pieces, "pos", location_id=location_id)
    for product_id, wanted in sorted(pieces.items()):
        missing = wanted - left.get(product_id, 0)
        if missing > 0:
            inventory.shortage(
                actor=actor,
                product_id=product_id,
                location_id=location_id,
                quantity=missing,
                reference=key,
                key=f"short:{key}:{product_id}",
                sold=False,
            )
