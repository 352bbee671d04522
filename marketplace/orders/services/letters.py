"""What buyers and sellers are told at each step: one letter per step and key, by mail and as a text message.

Everything a letter says is written down here, in the transaction of the step, so that it stays true when it is sent.
"""

from typing import Any

from django.conf import settings
from django.utils.translation import override

from kernel.money import format_dong
from marketplace.messages.services import mail_put, sms_put
from marketplace.orders.models import Order, SellerOrder

# Steps that also go out as a text message: what a buyer without e-mail must know.
SMS_TOPICS = frozenset(
    {"order_placed", "order_paid", "order_shipped", "order_cancelled", "order_sold_out", "order_refund"}
)


def order_url(order: Order) -> str:
    """The secret link of an order, absolute, in the buyer's language."""
    prefix = "/en" if order.language == "en" else ""
    return f"{settings.SITE_URL}{prefix}/don-hang/{order.number}/?k={order.access_key}"


def order_mail(*, topic: str, order_id: int, key: str, part_id: int | None = None, amount: int | None = None) -> None:
    """Tell the buyer. Nothing goes out for sales over the counter."""
    order = Order.objects.get(pk=order_id)
    if order.channel == Order.Channel.POS:
        return
    with override(order.language):
        context = _context(order, part_id, amount)
    fields = {"language": order.language, "context": context, "reference": order.number}
    mail_put(key=key, template=topic, to=order.buyer_email, **fields)
    if topic in SMS_TOPICS:
        sms_put(key=key, template=topic, to=order.buyer_phone, **fields)


def seller_mail(*, seller_order_id: int, key: str) -> None:
    """Tell the seller that there is something to pack (to the producer's phone, if the register has it)."""
    part = SellerOrder.objects.select_related("order", "partner__producer").get(pk=seller_order_id)
    if part.order.channel == Order.Channel.POS or part.partner.producer is None:
        return
    lines = [f"{line.quantity} × {line.title}" for line in part.lines.all()]
    context = {"number": part.number, "items": ", ".join(lines)[:120]}
    phone = part.partner.producer.phone
    if phone.startswith("+"):
        sms_put(key=key, template="seller_order", to=phone, language="vi", context=context, reference=part.number)


def _context(order: Order, part_id: int | None, amount: int | None) -> dict[str, Any]:
    parts = order.seller_orders.select_related("partner")
    english = order.language == "en"
    rows = [
        {
            "title": (line.title_en if english else "") or line.title,
            "quantity": line.quantity,
            "total": format_dong(line.total),
            "bundle": (line.bundle_title_en if english else "") or line.bundle_title,
        }
        for line in order.lines.order_by("pk")
    ]
    context: dict[str, Any] = {
        "number": order.shown_number,
        "name": order.buyer_name,
        "total": format_dong(order.grand_total),
        "goods": format_dong(order.goods_total),
        "discount": format_dong(order.discount_total) if order.discount_total else "",
        "shipping": format_dong(order.shipping_total),
        "method": order.payment_method,
        "pay_by": order.pay_by.isoformat() if order.pay_by else "",
        "place": ", ".join(filter(None, [order.pickup_name or order.street, order.place_text])),
        "url": order_url(order),
        "lines": rows,
        "reason": order.cancel_reason,
        "amount": format_dong(amount) if amount else "",
    }
    if part_id:
        part = parts.get(pk=part_id)
        parcel = part.parcels.first()
        context |= {
            "seller": part.partner.name,
            "part_reason": part.reason,
            "tracking": parcel.tracking_code if parcel else "",
            "promised_on": part.promised_on.isoformat() if part.promised_on else "",
        }
    return context
