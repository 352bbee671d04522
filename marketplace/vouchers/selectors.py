"""What a voucher takes off."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kernel import clock
from kernel.text import nfc
from marketplace.vouchers.domain import SPIRITS_FROM, shares
from marketplace.vouchers.models import Voucher, VoucherUse


@dataclass(frozen=True)
class Row:
    """One line of goods that a voucher may count for."""

    partner_id: int
    amount: int
    abv: float


@dataclass(frozen=True)
class Cut:
    """`parts` in đồng per line; `error` says why nothing comes off: unknown, over, used, small, none."""

    parts: list[int]
    voucher: Any = None
    error: str = ""


def discount_for(code: str, rows: Sequence[Row], *, phone: str = "") -> Cut:
    """The discount of `code`, split over the lines it may count for. Alcohol from 15 % on is left out."""
    nothing = [0] * len(rows)
    voucher = Voucher.objects.filter(code=nfc(code).strip().upper()).first()
    if voucher is None:
        return Cut(nothing, error="unknown")
    if not voucher.start_datetime <= clock.now() <= voucher.end_datetime:
        return Cut(nothing, error="over")
    if voucher.max_uses is not None and voucher.uses >= voucher.max_uses:
        return Cut(nothing, error="used")
    if phone and voucher.once_per_phone and _used_by(voucher, phone):
        return Cut(nothing, error="used")
    if sum(row.amount for row in rows) < voucher.min_goods:
        return Cut(nothing, error="small")
    allowed = [row.abv < SPIRITS_FROM and voucher.partner_id in (None, row.partner_id) for row in rows]
    parts = shares(voucher.kind, Decimal(voucher.value), [row.amount for row in rows], allowed)
    if not any(parts):
        return Cut(nothing, error="none")
    return Cut(parts, voucher)


def _used_by(voucher: Voucher, phone: str) -> bool:
    return VoucherUse.objects.filter(voucher=voucher, bound_to=phone, is_released=False).exists()
