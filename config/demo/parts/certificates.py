"""Demo certificates for some of the 32 recognised products, dated from today: valid, lapsing, expired, extended.

Numbers begin with DEMO-: none of them exists. Every one goes through the service that the office uses.
"""

import random
from collections.abc import Callable
from datetime import date, timedelta

from catalog.certification.domain import months_later
from catalog.certification.models import Certificate, RuleSet
from catalog.certification.services import (
    certificate_extend,
    certificate_issue,
    certificate_suspend,
    rule_sets_load,
)
from catalog.products.models import Product
from kernel import clock
from kernel.actors import SYSTEM

# How many days are left of each certificate, by register row. What is not named here keeps its history only.
DAYS_LEFT = {
    1: 400, 2: 400, 5: 610, 6: 820, 8: 330, 9: 290, 13: 520, 14: 520, 17: 700, 20: 175, 36: 150, 37: 150,
    61: 118, 66: 45, 68: 12, 69: 20, 70: 640, 72: 930, 73: 930, 74: 930, 75: 930, 78: 900, 79: 900, 80: 880,
    3: -30, 4: -200, 15: -8, 16: -12, 81: 760,
}  # fmt: skip
EXTENDED, SUSPENDED = 16, 81
MONTHS = 36
PROVINCE_OLD, PROVINCE_NEW = "UBND tỉnh Kon Tum", "UBND tỉnh Quảng Ngãi"
MERGED_ON = date(2025, 7, 1)


def seed(*, rng: random.Random, scale: int, out: Callable[[str], object]) -> None:
    rule_sets_load()
    reported = dict(
        Certificate.objects.filter(state="reported", product__register_row__in=DAYS_LEFT).values_list(
            "product__register_row", "stars"
        )
    )
    products = {p.register_row: p for p in Product.objects.filter(register_row__in=DAYS_LEFT)}
    taken = set(Certificate.objects.filter(number__startswith="DEMO-").values_list("product_id", flat=True))
    made = 0
    for row, left in DAYS_LEFT.items():
        if row in products and products[row].pk not in taken:
            _issue(products[row], row, left, reported[row] or 3)
            made += 1
    out(f"  {made} demo certificates")


def _issue(product: Product, row: int, left: int, stars: int) -> None:
    last = clock.today() + timedelta(days=left)
    issued_on = months_later(last + timedelta(days=1), -MONTHS)
    rules, level, body = _authority(issued_on, stars, product)
    certificate = certificate_issue(
        actor=SYSTEM,
        product=product,
        number=f"DEMO-{issued_on:%Y}-{row:03d}",
        stars=stars,
        rule_set=rules,
        issuing_level=level,
        issuing_body=body,
        issued_on=issued_on,
        expires_on=last,
        decision_number=f"DEMO-QĐ-{issued_on:%Y}/{row:02d}",
        decision_on=issued_on,
        note="Invented for the demonstration.",
    )
    if row == EXTENDED:
        certificate_extend(
            actor=SYSTEM, certificate_id=certificate.pk, until=last + timedelta(days=120), reason="Đang đánh giá lại"
        )
    if row == SUSPENDED:
        certificate_suspend(actor=SYSTEM, certificate_id=certificate.pk, reason="Chờ kết quả kiểm nghiệm lại")


def _authority(issued_on: date, stars: int, product: Product) -> tuple[RuleSet, str, str]:
    """Who granted these stars on that day, under the newest decision then in force."""
    rules = (
        RuleSet.objects.filter(valid_from__lte=issued_on)
        .exclude(valid_to__lt=issued_on)
        .order_by("-valid_from")
        .first()
    )
    assert rules is not None, "no decision was in force"
    level = next(name for name, granted in rules.levels.items() if stars in granted)
    if level == "district" and issued_on >= MERGED_ON:
        level, rules = "province", RuleSet.objects.get(code="1489-2025")
    if level == "district":
        district = product.district.local_spelling or product.district.name if product.district else "cấp huyện"
        return rules, level, f"UBND {district[0].lower()}{district[1:]}"
    return rules, level, PROVINCE_NEW if issued_on >= MERGED_ON else PROVINCE_OLD
