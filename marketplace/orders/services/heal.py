"""Mending what a crash can leave. Every step is safe at any time and any number of times."""

from django.db import transaction
from django.db.models import F

from kernel.actors import SYSTEM
from marketplace.inventory import selectors as inventory_read
from marketplace.inventory import services as inventory
from marketplace.orders.domain import SELLER_ENDS, OrderState, SellerState
from marketplace.orders.models import Order
from marketplace.orders.services.cancel import expire_unpaid
from marketplace.orders.services.moves import finish_order
from marketplace.orders.services.place import order_confirm_paid
from marketplace.payments import selectors as payments
from marketplace.payments import services as payments_do

OPEN_STATES = [state.value for state in SellerState if state.value not in SELLER_ENDS]


def orders_heal() -> dict[str, int]:
    """Bring orders, holds and money to the state that belongs together; gives what was mended.

    Paid orders become placed (or go back, if the goods are gone), overdue ones end, goods of placed orders leave the
    stock, holds of ended orders are released, closed orders keep no money.
    """
    return {
        "paid": _confirm_paid(),
        "unpaid_ended": _all(expire_unpaid),
        "holds_expired": _all(inventory.expire_due),
        "claimed": _claim_placed(),
        "released": _release_ended(),
        "finished": _finish(),
        "money_returned": _return_money(),
    }


def _all(step: object, rounds: int = 100) -> int:
    total = 0
    for _ in range(rounds):
        done = step()  # type: ignore[operator]
        total += done
        if not done:
            break
    return total


def _confirm_paid() -> int:
    waiting = Order.objects.filter(status=OrderState.AWAITING_PAYMENT).values_list("number", flat=True)
    covered = payments.covered(list(waiting))
    return sum(order_confirm_paid(number=number) == OrderState.PLACED for number in covered)


def _claim_placed() -> int:
    keys = Order.objects.filter(status=OrderState.PLACED).exclude(hold_key="").values_list("hold_key", flat=True)
    active = inventory_read.active_keys(list(keys))
    for key in active:
        inventory.claim(key=key)
    return len(active)


def _release_ended() -> int:
    keys = Order.objects.filter(status=OrderState.CANCELLED).exclude(hold_key="").values_list("hold_key", flat=True)
    return sum(inventory.release(key=key, reason="reconciled") for key in inventory_read.active_keys(list(keys)))


def _finish() -> int:
    done = 0
    open_orders = Order.objects.filter(status=OrderState.PLACED)
    for order in open_orders.exclude(seller_orders__state__in=OPEN_STATES).distinct():
        with transaction.atomic():
            finish_order(SYSTEM, order.pk)
        done += 1
    return done


def _return_money() -> int:
    """Cancelled orders keep nothing that was received."""
    numbers = Order.objects.filter(status=OrderState.CANCELLED, cancelled_total=F("grand_total")).values_list(
        "number", flat=True
    )
    kept = payments.kept_by_closed(list(numbers))
    for number in kept:
        payments_do.payment_close(reference=number, key=f"closed:{number}", reason="cancelled")
    return len(kept)


def orders_problems() -> list[str]:
    """What only a person can decide: empty when all is well."""
    found = [f"stock: {error}" for error in inventory_read.ledger_errors()]
    numbers = Order.objects.exclude(status=OrderState.CANCELLED).values_list("number", flat=True)
    found += [f"order {number} has no payment" for number in payments.missing(list(numbers))]
    return found
