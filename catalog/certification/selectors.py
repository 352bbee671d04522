"""Certificates on a day. Only these functions decide whether stars are shown, everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q

from catalog.certification.domain import REMINDER_DAYS, can_still_file, reminder_step
from catalog.certification.models import Certificate, CertificateDocument, RuleSet
from kernel.text import fold

MOST_SEARCHED = 20_000


def current_stars(product_ids: Iterable[int], day: date) -> dict[int, Certificate]:
    """The certificate that gives each product its stars on `day`; the highest where there are several.

    A pack has the certificate of its product.
    """
    ids = set(product_ids)
    found: dict[int, Certificate] = {}
    rows = Certificate.objects.current(day).filter(stars__isnull=False)
    rows = rows.filter(Q(product_id__in=ids) | Q(product__children__in=ids)).annotate(pack=F("product__children"))
    for row in rows.order_by("stars", "issued_on", "pk"):
        for product_id in ids & {row.product_id, row.pack}:
            found[product_id] = row
    return found


def stars_by_product(day: date) -> dict[int, int]:
    """Stars on `day` of every product (not of its packs) that has any, for indexes and facets."""
    rows = Certificate.objects.current(day).filter(stars__isnull=False).order_by("stars")
    return {product_id: stars for product_id, stars in rows.values_list("product_id", "stars") if stars}


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


@dataclass(frozen=True)
class Reminder:
    """A certificate whose next assessment has to be asked for."""

    certificate: Certificate
    days_left: int
    step: int
    can_still_file: bool


def reminders(day: date) -> list[Reminder]:
    """Certificates that end within 180 days, the nearest first: reminders fall due at 180, 150 and 120 days."""
    rows = Certificate.objects.filter(
        state=Certificate.State.VALID, expires_on__gte=day, expires_on__lte=day + timedelta(days=max(REMINDER_DAYS))
    ).select_related("product__producer")
    found = []
    for row in rows.order_by("expires_on", "pk"):
        assert row.expires_on is not None
        step = reminder_step(day, row.expires_on)
        if step is not None:
            left = (row.expires_on - day).days
            found.append(Reminder(row, left, step, can_still_file(day, row.expires_on)))
    return found


def history(product_id: int) -> list[Certificate]:
    """All certificates and reported recognitions of one product, newest first."""
    return certificates_of([product_id]).get(product_id, [])


def find(text: str, limit: int = 20) -> list[Certificate]:
    """Certificates by number, decision, product or producer; every word must occur, diacritics do not matter."""
    words = fold(text).split()[:6]
    if not words:
        return []
    rows = Certificate.objects.select_related("product__producer", "rule_set").order_by("-issued_on", "-pk")
    found = []
    for row in rows[:MOST_SEARCHED]:
        producer = row.product.producer.name if row.product.producer else ""
        text_of_row = fold(" ".join((row.number, row.decision_number, row.product.title, producer)))
        if all(word in text_of_row for word in words):
            found.append(row)
            if len(found) == limit:
                break
    return found


def rule_sets() -> list[RuleSet]:
    """All decisions by the day they came into force."""
    return list(RuleSet.objects.all())


def rule_set_on(day: date) -> RuleSet | None:
    """The newest decision in force on `day`."""
    rows = RuleSet.objects.filter(valid_from__lte=day).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))
    return rows.order_by("-valid_from").first()


def documents_of(certificate_id: int, *, public_only: bool = True) -> list[CertificateDocument]:
    """Scans of a certificate; all of them for the office."""
    rows = CertificateDocument.objects.filter(certificate_id=certificate_id).order_by("pk")
    return list(rows.filter(is_public=True) if public_only else rows)


def certificate_by_id(pk: int) -> Certificate | None:
    return Certificate.objects.select_related("product__producer", "rule_set").filter(pk=pk).first()
