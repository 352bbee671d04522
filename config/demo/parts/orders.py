"""Orders of the last weeks in every state, placed and moved through the services, as buyers and makers would."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone

from catalog.places.selectors import communes_of
from kernel import clock
from kernel.actors import GUEST, SYSTEM
from kernel.errors import DomainError
from kernel.outbox.models import OutboxMessage
from marketplace.inventory import selectors as inventory
from marketplace.orders import services
from marketplace.orders.models import Order
from marketplace.orders.quote import Wish
from marketplace.payments import services as payments
from marketplace.sellers.models import HOUSE_CODE, StockRecord

NAMES = (
    "Nguyễn Thị Hạnh", "Trần Văn Bình", "Y Lan", "A Thái", "Lê Hoàng Nam", "Phạm Thu Trang", "Võ Minh Đức",
    "Đặng Thị Mai", "Hồ Quốc Việt", "Bùi Ngọc Ánh", "Rơ Châm H'Lan", "Huỳnh Tấn Phát",
)  # fmt: skip
STREETS = ("12 Trần Phú", "45 Lê Lợi", "Thôn 3", "Làng Kon Rờ Bàng", "7 Hùng Vương", "Tổ 5, cạnh trường học")
PROVINCES = ("51", "51", "51", "52", "48", "79", "01")
# How far each order of a round of ten has come.
FATES = (
    "delivered", "delivered", "delivered", "shipped", "packed", "accepted", "placed", "placed", "cancelled", "refused",
)  # fmt: skip
PER_SCALE, MOST = 40, 400


def seed(*, rng: random.Random, scale: int, out: Callable[[str], object]) -> None:
    """A second run adds nothing: every order has its own submit key."""
    total = min(PER_SCALE * scale, MOST)
    goods = list(
        StockRecord.objects.exclude(partner__code=HOUSE_CODE)
        .filter(product__is_public=True, price__isnull=False)
        .order_by("pk")
        .values_list("product_id", flat=True)
    )
    places = {code: communes_of(code) for code in sorted(set(PROVINCES))}
    made = 0
    real_now = clock.now
    first_letter = OutboxMessage.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    try:
        for number in range(total):
            days = (total - number) * 30 / total
            moment = real_now() - timedelta(days=days, minutes=rng.randint(0, 600))
            made += _one(rng, number, goods, places, moment)
    finally:
        clock.now = real_now
    silence_letters(first_letter)
    out(f"orders: {made} new")


def _one(rng: random.Random, number: int, goods: list[int], places: dict[str, list], moment: datetime) -> bool:
    key = f"demo-order-{number}"
    picks = rng.sample(goods, k=rng.choice((1, 1, 2, 3)))
    wishes = [Wish(product, rng.choice((1, 1, 2, 3))) for product in picks]
    province = rng.choice(PROVINCES)
    commune = rng.choice(places[province]) if places[province] else None
    name, street = rng.choice(NAMES), rng.choice(STREETS)
    phone = f"+8490{rng.randint(1_000_000, 9_999_999)}"
    method = "vietqr" if rng.random() < 0.35 else "cod"
    fate = FATES[number % len(FATES)]
    if commune is None or Order.objects.filter(idempotency_key=key).exists():
        return False
    left = inventory.available([wish.product_id for wish in wishes])
    wishes = [Wish(w.product_id, min(w.quantity, left[w.product_id])) for w in wishes if left[w.product_id] > 3]
    if not wishes:
        return False
    clock.now = lambda: moment
    try:
        order = services.order_place(
            actor=GUEST,
            wishes=wishes,
            buyer=services.Buyer(name, phone),
            place=services.Place(commune.code, province, f"{commune.name}, {commune.parent.name}", street),
            method=method,
            idempotency_key=key,
            adult_confirmed=True,
        )
    except DomainError:
        return False
    if method == "vietqr" and number % 20 != 6:
        payments.receipt_add(key=f"demo:{key}", source="bank", amount=order.grand_total, reference=order.number)
    Order.objects.filter(pk=order.pk).update(date_placed=moment)
    _walk(order, fate, moment)
    return True


def _walk(order: Order, fate: str, moment: datetime) -> None:
    """Move every part as far as the fate of the order says, some hours between the steps."""
    order.refresh_from_db()
    if fate == "cancelled":
        services.cancel(order=order, actor=GUEST, reason="Đổi ý")
        return
    if order.status != "placed" or fate == "placed":
        return
    for part in order.seller_orders.all():
        try:
            _walk_part(part, fate, moment)
        except DomainError:
            continue  # no lot of these goods is fit any more: the part waits for its maker


def _walk_part(part: object, fate: str, moment: datetime) -> None:
    today = timezone.now()
    later = [min(moment + timedelta(hours=h), today) for h in (4, 20, 28, 72)]
    clock.now = lambda: later[0]
    services.seller_order_accept(part=part, actor=SYSTEM)
    if fate == "accepted":
        return
    clock.now = lambda: later[1]
    services.seller_order_pack(part=part, actor=SYSTEM)
    if fate == "packed":
        return
    clock.now = lambda: later[2]
    services.seller_order_hand_over(part=part, actor=SYSTEM, carrier="VNPost", tracking_code=f"DEMO{part.pk:06d}")
    if fate == "shipped":
        return
    clock.now = lambda: later[3]
    if fate == "refused":
        services.seller_order_refuse(part=part, actor=SYSTEM, reason="Khách vắng nhà")
    else:
        services.seller_order_deliver(part=part, actor=SYSTEM)


def silence_letters(after: int) -> None:
    """Letters of invented orders are not sent to anybody."""
    OutboxMessage.objects.filter(pk__gt=after, topic__startswith="messages.", state=OutboxMessage.State.WAITING).update(
        state=OutboxMessage.State.SENT
    )
