"""Orders: one for the buyer, one part per seller, parcels, and the history of every step.

`Order.status` and `Line.status` are Oscar's columns and hold the states of `domain`; `state` reads the same.
Money columns of ours are whole đồng; Oscar's decimals are copies of them.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from oscar.apps.order.abstract_models import AbstractLine, AbstractOrder

from kernel import clock
from marketplace.orders import domain

ORDER_LABELS = {
    "awaiting_payment": _("Waiting for payment"),
    "placed": _("Placed"),
    "completed": _("Completed"),
    "cancelled": _("Cancelled"),
}
SELLER_LABELS = {
    "placed": _("Placed"),
    "accepted": _("Accepted"),
    "packed": _("Packed"),
    "shipped": _("On its way"),
    "delivered": _("Delivered"),
    "declined": _("Declined"),
    "cancelled": _("Cancelled"),
    "refused": _("Refused"),
    "returned": _("Returned"),
}
LINE_LABELS = {
    "open": _("Open"),
    "packed": _("Packed"),
    "delivered": _("Delivered"),
    "cancelled": _("Cancelled"),
    "returned": _("Returned"),
}
PARCEL_LABELS = {
    "ready": _("Ready"),
    "handed_over": _("Handed over"),
    "in_transit": _("On its way"),
    "out": _("Out for delivery"),
    "missed": _("Missed"),
    "delivered": _("Delivered"),
    "picked_up": _("Picked up"),
    "refused": _("Refused"),
    "returned": _("Returned"),
    "lost": _("Lost"),
}


class Order(AbstractOrder):
    """What the buyer sees: one number, one sum, several parts."""

    class Channel(models.TextChoices):
        WEB = "web", _("web")
        POS = "pos", _("till")
        LIVE = "live", _("live sale")

    idempotency_key = models.CharField(max_length=64, null=True, blank=True, unique=True)
    hold_key = models.CharField(max_length=80, blank=True)
    channel = models.CharField(max_length=6, choices=Channel.choices, default=Channel.WEB)
    ref = models.CharField(max_length=60, blank=True, help_text="share link or live session that brought the buyer")
    language = models.CharField(max_length=2, default="vi")
    access_key = models.CharField(max_length=40, blank=True)
    access_until = models.DateTimeField(null=True, blank=True)

    buyer_name = models.CharField(max_length=120, blank=True)
    buyer_phone = models.CharField(max_length=16, blank=True, db_index=True)
    buyer_email = models.EmailField(blank=True)
    province_code = models.CharField(max_length=10, blank=True)
    commune_code = models.CharField(max_length=10, blank=True)
    place_text = models.CharField(max_length=200, blank=True, help_text="commune and province as named on the day")
    street = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=300, blank=True)
    pickup_name = models.CharField(max_length=160, blank=True, help_text="picked up at this sales point")
    pickup_point = models.CharField(max_length=60, blank=True, help_text="code of the sales point")
    adult_confirmed = models.BooleanField(default=False)
    invoice = models.JSONField(default=dict, blank=True, help_text="tax code, name, address for an e-invoice")

    payment_method = models.CharField(max_length=6, blank=True)
    voucher_code = models.CharField(max_length=40, blank=True)
    goods_total = models.PositiveBigIntegerField(default=0)
    discount_total = models.PositiveBigIntegerField(default=0)
    shipping_total = models.PositiveBigIntegerField(default=0)
    grand_total = models.PositiveBigIntegerField(default=0)
    cancelled_total = models.PositiveBigIntegerField(default=0, help_text="of it, taken back by cancelled parts")
    pay_by = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(max_length=200, blank=True)

    class Meta(AbstractOrder.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(grand_total=F("goods_total") - F("discount_total") + F("shipping_total")),
                name="order_total_adds_up",
            ),
            models.CheckConstraint(condition=Q(cancelled_total__lte=F("grand_total")), name="order_cancelled_bounded"),
            models.CheckConstraint(
                condition=Q(status__in=["", *(s.value for s in domain.OrderState)]), name="order_state_known"
            ),
        ]

    @property
    def state(self) -> str:
        return self.status

    @property
    def state_label(self) -> str:
        return str(ORDER_LABELS.get(self.status, self.status))

    @property
    def shown_number(self) -> str:
        return domain.number_shown(self.number)

    @property
    def to_pay(self) -> int:
        """What the buyer owes in all, without the parts that were cancelled."""
        return self.grand_total - self.cancelled_total

    @property
    def is_pickup(self) -> bool:
        return bool(self.pickup_point)

    @property
    def link_is_open(self) -> bool:
        return self.access_until is not None and self.access_until > clock.now()


class SellerOrder(models.Model):
    """One seller's part of an order: his lines, his parcel, his state."""

    order = models.ForeignKey("order.Order", on_delete=models.CASCADE, related_name="seller_orders")
    partner = models.ForeignKey("partner.Partner", on_delete=models.PROTECT, related_name="seller_orders")
    number = models.CharField(max_length=16, unique=True)
    state = models.CharField(max_length=10, default="placed", db_index=True)
    on_hold = models.BooleanField(default=False, help_text="a lot of it is held or recalled: do not send")
    goods_total = models.PositiveBigIntegerField(default=0)
    discount_total = models.PositiveBigIntegerField(default=0)
    shipping_fee = models.PositiveBigIntegerField(default=0)
    weight_g = models.PositiveIntegerField(default=0)
    accept_by = models.DateTimeField(null=True, blank=True)
    promised_on = models.DateField(null=True, blank=True)
    placed_at = models.DateTimeField(null=True, blank=True, help_text="when the seller may see it")
    accepted_at = models.DateTimeField(null=True, blank=True)
    packed_at = models.DateTimeField(null=True, blank=True)
    shipped_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["order", "partner"], name="seller_order_once"),
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in domain.SellerState]), name="seller_order_state_known"
            ),
        ]
        indexes = [models.Index(fields=["partner", "state", "-id"], name="seller_order_list")]

    def __str__(self) -> str:
        return self.number

    @property
    def total(self) -> int:
        """What the buyer pays for this part."""
        return self.goods_total - self.discount_total + self.shipping_fee

    @property
    def state_label(self) -> str:
        return str(SELLER_LABELS.get(self.state, self.state))


class Line(AbstractLine):
    """A single product of one seller. Combos are taken apart: their lines share a `bundle_key`."""

    seller_order = models.ForeignKey(SellerOrder, null=True, blank=True, on_delete=models.CASCADE, related_name="lines")
    bundle_key = models.CharField(max_length=20, blank=True)
    bundle_title = models.CharField(max_length=255, blank=True)
    bundle_title_en = models.CharField(max_length=255, blank=True)
    bundle_product = models.ForeignKey(
        "catalogue.Product", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    bundle_quantity = models.PositiveIntegerField(default=0)
    wrapping = models.CharField(max_length=30, blank=True)
    card_text = models.CharField(max_length=160, blank=True)
    title_en = models.CharField(max_length=255, blank=True)
    pack = models.CharField(max_length=80, blank=True)
    pack_en = models.CharField(max_length=80, blank=True)
    gtin = models.CharField(max_length=14, blank=True, db_index=True)
    weight_g = models.PositiveIntegerField(default=0)
    unit_price = models.PositiveBigIntegerField(null=True, blank=True, help_text="empty for parts of a combo")
    list_total = models.PositiveBigIntegerField(default=0)
    discount = models.PositiveBigIntegerField(default=0)

    class Meta(AbstractLine.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(discount__lte=F("list_total")), name="line_discount_bounded"),
            models.CheckConstraint(
                condition=Q(status__in=["", *(s.value for s in domain.LineState)]), name="line_state_known"
            ),
        ]

    @property
    def state(self) -> str:
        return self.status

    @property
    def state_label(self) -> str:
        return str(LINE_LABELS.get(self.status, self.status))

    @property
    def total(self) -> int:
        return self.list_total - self.discount


class LineLot(models.Model):
    """Which lot (and how many of it) was packed for a line."""

    line = models.ForeignKey("order.Line", on_delete=models.CASCADE, related_name="lots")
    lot_id = models.PositiveBigIntegerField(null=True, blank=True)
    lot_code = models.CharField(max_length=40)
    gtin = models.CharField(max_length=14)
    quantity = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "lot_code"], name="line_lot_once")]
        indexes = [models.Index(fields=["gtin", "lot_code"], name="line_lot_reach")]

    def __str__(self) -> str:
        return f"{self.lot_code} × {self.quantity}"


class Parcel(models.Model):
    """What travels. The carrier's words are translated into `state` by the carrier port."""

    seller_order = models.ForeignKey(SellerOrder, on_delete=models.CASCADE, related_name="parcels")
    number = models.CharField(max_length=20, unique=True)
    state = models.CharField(max_length=12, default="ready", db_index=True)
    carrier = models.CharField(max_length=40, blank=True)
    tracking_code = models.CharField(max_length=60, blank=True, db_index=True)
    weight_g = models.PositiveIntegerField(default=0)
    cod_amount = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in domain.ParcelState]), name="parcel_state_known"
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def state_label(self) -> str:
        return str(PARCEL_LABELS.get(self.state, self.state))


class OrderEvent(models.Model):
    """One step of an order, a seller's part, a line or a parcel. Never changed."""

    order = models.ForeignKey("order.Order", on_delete=models.CASCADE, related_name="events")
    seller_order = models.ForeignKey(
        SellerOrder, null=True, blank=True, on_delete=models.CASCADE, related_name="events"
    )
    subject = models.CharField(max_length=8, help_text="order, seller, line, parcel, buyer")
    subject_id = models.PositiveBigIntegerField(null=True, blank=True)
    old = models.CharField(max_length=20, blank=True)
    new = models.CharField(max_length=20, blank=True)
    text = models.CharField(max_length=500, blank=True)
    actor = models.CharField(max_length=60)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.subject} {self.old} -> {self.new}"

    @property
    def shown(self) -> str:
        """The state that was reached, in words."""
        labels = {"order": ORDER_LABELS, "seller": SELLER_LABELS, "line": LINE_LABELS, "parcel": PARCEL_LABELS}
        return str(labels.get(self.subject, {}).get(self.new, self.new))


class OrderQuestion(models.Model):
    """A buyer's question on an order, and the answer."""

    order = models.ForeignKey("order.Order", on_delete=models.CASCADE, related_name="questions")
    seller_order = models.ForeignKey(
        SellerOrder, null=True, blank=True, on_delete=models.CASCADE, related_name="questions"
    )
    text = models.TextField(max_length=1000)
    answer = models.TextField(max_length=1000, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:60]


from oscar.apps.order.models import *
