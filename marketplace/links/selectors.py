"""Where links lead, and what they brought."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.urls import NoReverseMatch, reverse

from catalog.producers.selectors import pages as producer_pages
from catalog.products.selectors import by_id
from kernel import clock
from marketplace.links.errors import LinkTargetGone
from marketplace.links.models import LinkDay, LinkOutcome, ShareLink
from marketplace.links.signals import target_wanted
from traceability.lots.errors import LotNotFound
from traceability.lots.selectors import info_of, lot_by_id


@dataclass(frozen=True)
class Target:
    """An address of ours and what is there."""

    url: str
    title: str


def target_of(kind: str, target_id: int) -> Target:
    """Raises: LinkTargetGone."""
    try:
        if kind in ("product", "combo"):
            product = by_id(target_id)
            if product is not None and product.is_public:
                return Target(product.get_absolute_url(), product.title)
        elif kind == "lot":
            lot = lot_by_id(target_id)
            return Target(info_of(lot).url, f"{lot.product_name} {lot.code}")
        elif kind == "producer":
            producer = producer_pages().filter(pk=target_id).first()
            if producer is not None:
                return Target(reverse("storefront:producer", args=[producer.slug]), producer.name)
        else:
            for _receiver, found in target_wanted.send(sender=ShareLink, kind=kind, target_id=target_id):
                if found:
                    return Target(*found)
    except (LotNotFound, NoReverseMatch):
        pass
    raise LinkTargetGone


def link_get(code: str) -> ShareLink | None:
    return ShareLink.objects.filter(code=code.lower(), is_active=True).first()


def links_of(user: Any) -> QuerySet[ShareLink]:
    return ShareLink.objects.filter(owner=user)


@dataclass(frozen=True)
class Report:
    """What one link brought."""

    link: ShareLink
    clicks: int
    baskets: int
    orders: int
    amount: int


def report(user: Any, days: int = 30) -> list[Report]:
    """Per link of this person, newest first: three queries for any number of links."""
    links = list(links_of(user)[:200])
    since = clock.today() - timedelta(days=days)
    clicks = dict(LinkDay.objects.filter(link__in=links, day__gte=since).values_list("link").annotate(n=Sum("clicks")))
    rows = LinkOutcome.objects.filter(link__in=links, at__date__gte=since).values("link")
    outcomes = {
        row["link"]: row
        for row in rows.annotate(
            baskets=Count("pk", filter=Q(kind="basket")),
            orders=Count("pk", filter=Q(kind="order")),
            amount=Sum("amount", filter=Q(kind="order")),
        )
    }
    shown = []
    for link in links:
        row = outcomes.get(link.pk, {})
        shown.append(
            Report(link, clicks.get(link.pk, 0), row.get("baskets", 0), row.get("orders", 0), row.get("amount") or 0)
        )
    return shown
