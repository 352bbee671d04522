"""Every step of an order. One function, one step, one transaction."""

from marketplace.orders.services.buyer import address_change, question_answer, question_ask, text_snapshot
from marketplace.orders.services.cancel import cancel, expire_unpaid, line_cancel, seller_order_decline
from marketplace.orders.services.counter import counter_sale
from marketplace.orders.services.fulfil import (
    parcel_move,
    seller_order_accept,
    seller_order_deliver,
    seller_order_hand_over,
    seller_order_pack,
    seller_order_refuse,
    seller_order_return,
)
from marketplace.orders.services.heal import orders_heal, orders_problems
from marketplace.orders.services.hold import orders_hold_for_lot, orders_unhold_for_lot
from marketplace.orders.services.place import Buyer, Place, order_confirm_paid, order_place
from marketplace.orders.slips import packing_pdf

__all__ = [
    "Buyer",
    "Place",
    "address_change",
    "cancel",
    "counter_sale",
    "expire_unpaid",
    "line_cancel",
    "order_confirm_paid",
    "order_place",
    "orders_heal",
    "orders_hold_for_lot",
    "orders_problems",
    "orders_unhold_for_lot",
    "packing_pdf",
    "parcel_move",
    "question_answer",
    "question_ask",
    "seller_order_accept",
    "seller_order_decline",
    "seller_order_deliver",
    "seller_order_hand_over",
    "seller_order_pack",
    "seller_order_refuse",
    "seller_order_return",
    "text_snapshot",
]
