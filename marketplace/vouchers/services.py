"""Using a voucher, and giving the use back when the order is cancelled."""

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from marketplace.vouchers.errors import VoucherUsed
from marketplace.vouchers.models import Voucher, VoucherUse


@transaction.atomic
def voucher_redeem(*, voucher: Voucher, phone: str, order_number: str, amount: int) -> VoucherUse:
    """Count one use in the transaction of the order: the counter first, then the row that binds it.

    Raises: VoucherUsed (the limit is reached, or this phone has used it).
    """
    free = Q(max_uses__isnull=True) | Q(uses__lt=F("max_uses"))
    counted = Voucher.objects.filter(free, pk=voucher.pk).update(
        uses=F("uses") + 1, num_orders=F("num_orders") + 1, total_discount=F("total_discount") + amount
    )
    if not counted:
        raise VoucherUsed
    try:
        with transaction.atomic():
            return VoucherUse.objects.create(
                voucher=voucher,
                bound_to=phone if voucher.once_per_phone else order_number,
                order_number=order_number,
                amount=amount,
            )
    except IntegrityError:
        raise VoucherUsed from None


@transaction.atomic
def voucher_release(*, order_number: str) -> bool:
    """The order was cancelled as a whole: its use counts no more. False if there was none."""
    use = VoucherUse.objects.filter(order_number=order_number, is_released=False)
    found = use.first()
    if found is None or not use.update(is_released=True):
        return False
    Voucher.objects.filter(pk=found.voucher_id, uses__gt=0).update(uses=F("uses") - 1)
    return True
