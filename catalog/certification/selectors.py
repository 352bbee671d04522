"""Certificates on a day. Only these functions decide whether stars are shown, everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from catalog.certification.models import Certificate


def current_stars(product_ids: Iterable[int], day: date) -> dict[int, Certificate]:
    """The certificate that gives each product its stars on `day`; the highest where there are several."""
    found: dict[int, Certificate] = {}
    rows = Certificate.objects.current(day).filter(product_id__in=list(product_ids), stars__isnull=False)
    for row in rows.order_by("stars", "issued_on"):
        found[row.product_id] = row
    return found


def gives_stars(row: Certificate, day: date) -> bool:
    """Whether this certificate alone gives stars on `day`."""
    begun = row.issued_on is not None and row.issued_on <= day
    return begun and row.stars is not None and row.state_on(day) in ("valid", "extended")


def certificates_of(product_ids: Iterable[int]) -> dict[int, list[Certificate]]:
    """All certificates and reported recognitions of each product, newest first."""
    found: dict[int, list[Certificate]] = {}
    for row in Certificate.objects.filter(product_id__in=list(product_ids)).select_related("rule_set"):
        found.setdefault(row.product_id, []).append(row)
    return found


def certificate_by_number(number: str) -> Certificate | None:
    """One certificate by its number, whatever the case of its letters."""
    rows = Certificate.objects.exclude(number="").select_related("product", "product__producer", "rule_set")
    return rows.filter(number__iexact=number).first()


def certificate_numbers() -> list[tuple[str, int]]:
    """Every certificate number with its product, for the look-up."""
    return list(Certificate.objects.exclude(number="").values_list("number", "product_id"))
