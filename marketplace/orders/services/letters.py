"""What buyers and sellers are told at each step: one letter per step and key, by mail and as a text message.

Everything a letter says is written down here, in the transaction of the step, so that it stays true when it is sent.
"""

from typing import Any

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from kernel.clock import HERE
from kernel.money import format_dong
from marketplace.messages.services import mail_put, sms_put
from marketplace.orders.models import Order, SellerOrder

# Subject and first sentence of each step; where the third is given it also goes out as a text message.
WORDS: dict[str, tuple[Any, Any, Any]] = {
    "order_placed": (
        _("Order %(number)s received"),
        _("Dear %(name)s, we have your order %(number)s, %(total)s in all."),
        _("%(shop)s: order %(number)s received, %(total)s. See it here: %(url)s"),
    ),
    "order_awaiting": (
        _("Order %(number)s: please transfer %(total)s"),
        _("Dear %(name)s, we hold the goods of order %(number)s until %(pay_by)s. Please transfer %(total)s."),
        _("%(shop)s: order %(number)s is held until %(pay_by)s. Transfer %(total)s: %(url)s"),
    ),
    "order_paid": (
        _("Payment for %(number)s arrived"),
        _("We received your payment for order %(number)s. Packing can begin."),
        _("%(shop)s: your money for order %(number)s is here, packing begins."),
    ),
    "order_shipped": (
        _("Your parcel from %(seller)s is on its way"),
        _("The parcel of order %(number)s has left %(seller)s. Tracking code: %(tracking)s."),
        _("%(shop)s: the parcel from %(seller)s is on its way. %(url)s"),
    ),
    "order_delivered": (
        _("Delivered: have a look inside"),
        _("Your parcel from %(seller)s has arrived. Scan a pack to see who made it."),
        None,
    ),
    "order_cancelled": (
        _("Order %(number)s cancelled"),
        _("Order %(number)s was cancelled, free of charge. What you paid goes back within 3 working days."),
        _("%(shop)s: order %(number)s is cancelled, free of charge. What was paid goes back."),
    ),
    "order_sold_out": (
        _("Order %(number)s: sold out, your money goes back"),
        _("The goods of order %(number)s had gone before your money came. We send all of it back; we are sorry."),
        _("%(shop)s: the goods of order %(number)s are sold out. Your money goes back, we are sorry."),
    ),
    "order_declined": (
        _("A part of order %(number)s cannot be filled"),
        _("%(seller)s cannot fill its part of order %(number)s: %(part_reason)s. You do not pay for it."),
        None,
    ),
    "order_recall": (
        _("Stop using lot %(lot)s of %(product)s"),
        _("A lot you bought is called back: %(reason)s. Keep the pack, we refund in full."),
        _("%(shop)s: STOP using lot %(lot)s of %(product)s. Keep the pack, full refund. %(url)s"),
    ),
    "order_refund": (
        _("%(amount)s refunded for %(number)s"),
        _("We have sent %(amount)s back for order %(number)s. Banks show it in 1 to 3 days."),
        _("%(shop)s: %(amount)s of order %(number)s sent back, banks show it in 1 to 3 days."),
    ),
}
SELLER_SMS = _("%(shop)s: new order %(number)s: %(items)s. Please accept it at %(site)s/ban-hang/")


def order_url(order: Order) -> str:
    """The secret link of an order, absolute, in the buyer's language."""
    prefix = "/en" if order.language == "en" else ""
    return f"{settings.SITE_URL}{prefix}/don-hang/{order.number}/?k={order.access_key}"


def order_mail(*, topic: str, order_id: int, key: str, part_id: int | None = None, amount: int | None = None) -> None:
    """Tell the buyer. Nothing goes out for sales over the counter."""
    order = Order.objects.get(pk=order_id)
    if order.channel == Order.Channel.POS:
        return
    if topic == "order_placed" and order.status == "awaiting_payment":
        topic = "order_awaiting"
    with override(order.language):
        context = _context(order, part_id, amount)
        subject, first, sms = (str(words) % context if words else "" for words in WORDS[topic])
    context |= {"subject": subject, "first": first, "text": sms}
    fields: dict[str, Any] = {"language": order.language, "context": context, "reference": order.number}
    mail_put(key=key, template="order", to=order.buyer_email, **fields)
    if sms:
        sms_put(key=key, template="order", to=order.buyer_phone, **fields)


def seller_mail(*, seller_order_id: int, key: str) -> None:
    """Tell the seller that there is something to pack (to the producer's phone, if the register has it)."""
    part = SellerOrder.objects.select_related("order", "partner__producer").get(pk=seller_order_id)
    if part.order.channel == Order.Channel.POS or part.partner.producer is None:
        return
    phone = part.partner.producer.phone
    if not phone.startswith("+"):
        return
    lines = [f"{line.quantity} × {line.title}" for line in part.lines.all()]
    with override("vi"):
        words = {"shop": settings.SHOP_NAME, "number": part.number, "items": ", ".join(lines)[:120]}
        context = {"text": str(SELLER_SMS) % {**words, "site": settings.SITE_URL}}
    sms_put(key=key, template="order", to=phone, language="vi", context=context, reference=part.number)


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
        "pay_by": localtime(order.pay_by, HERE).strftime("%H:%M %d/%m") if order.pay_by else "",
        "shop": settings.SHOP_NAME,
        "seller": "",
        "part_reason": "",
        "tracking": "",
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
            "tracking": (parcel.tracking_code if parcel else "") or "–",
        }
    return context


def recall_mail(*, order_id: int, lot: str, product: str, reason: str, key: str) -> None:
    """Tell a buyer that a lot of his order is called back. Nobody is known behind a sale over the counter."""
    order = Order.objects.get(pk=order_id)
    if order.channel == Order.Channel.POS:
        return
    with override(order.language):
        context = _context(order, None, None) | {"lot": lot, "product": product, "reason": reason}
        subject, first, sms = (str(words) % context for words in WORDS["order_recall"])
    context |= {"subject": subject, "first": first, "text": sms}
    fields: dict[str, Any] = {"language": order.language, "context": context, "reference": order.number}
    mail_put(key=key, template="order", to=order.buyer_email, **fields)
    sms_put(key=key, template="order", to=order.buyer_phone, **fields)
