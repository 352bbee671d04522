"""Producers and their papers, for pages."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from catalog.producers.models import Producer, ProducerPaper


def pages() -> QuerySet[Producer]:
    """Producers that have a page of their own."""
    return Producer.objects.filter(is_active=True).select_related("commune__historic_district")


def papers_for(producer_id: int, product_id: int | None) -> list[ProducerPaper]:
    """Papers of the producer itself and, where asked, those of one product."""
    wanted = Q(product__isnull=True)
    if product_id is not None:
        wanted |= Q(product_id=product_id)
    return list(ProducerPaper.objects.filter(wanted, producer_id=producer_id).order_by("kind", "id"))
