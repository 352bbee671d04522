"""Reading stock. What a hold past its time still blocks counts as free again at once."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from catalog.bundles.selectors import components_of
from catalog.producers.selectors import paper_lapsed
from kernel import clock
from marketplace.inventory import domain
from marketplace.inventory.models import Allotment, Channel, Hold, HoldLine, Location, Stock, StockMove


def _lapsed() -> Any:
    """Pieces of a stock that only overdue holds block (those out of an allotment go back to it, not to all)."""
    overdue = HoldLine.objects.filter(
        stock=OuterRef("pk"),
        allotment__isnull=True,
        hold__state=Hold.State.ACTIVE,
        hold__expires_at__lte=clock.now(),
    )
    total = overdue.order_by().values("stock").annotate(n=Sum("quantity")).values("n")
    return Coalesce(Subquery(total, output_field=IntegerField()), 0)


def _single(product_ids: list[int], channel: str, location_id: int | None) -> dict[int, int]:
    stocks = Stock.objects.filter(product_id__in=product_ids, location__is_active=True)
    if location_id:
        stocks = stocks.filter(location_id=location_id)
    elif channel != Channel.POS:
        stocks = stocks.filter(location__sells_online=True)
    stocks = stocks.exclude(paper_lapsed(clock.today()))
    rows = stocks.annotate(n=F("on_hand") - F("held") - F("allotted") + _lapsed()).values_list("product_id", "n")
    found = dict.fromkeys(product_ids, 0)
    for product, n in rows:
        found[product] += max(n, 0)
    return found


def available(
    product_ids: Iterable[int], channel: str = Channel.WEB, *, location_id: int | None = None, session_ref: str = ""
) -> dict[int, int]:
    """{product id: pieces that can be sold now}. Combos: what their scarcest component allows.

    Pieces allotted to a channel are counted only for that channel. Unknown products have 0, and so have goods
    whose mandatory paper has lapsed.
    """
    ids = list(dict.fromkeys(product_ids))
    if not ids:
        return {}
    combos = components_of(ids)
    singles = [i for i in ids if i not in combos]
    singles += [part for parts in combos.values() for part, _ in parts if part not in singles]
    found = _single(singles, channel, location_id)
    if channel != Channel.WEB:
        for product, (n, only) in allotted_free(singles, channel, session_ref, location_id).items():
            found[product] = n if only else found[product] + n
    for combo, parts in combos.items():
        found[combo] = domain.combos_possible(parts, found)
    return {i: found.get(i, 0) for i in ids}


def allotted_free(
    product_ids: list[int], channel: str, session_ref: str = "", location_id: int | None = None
) -> dict[int, tuple[int, bool]]:
    """{product id: (free pieces of its allotment, whether that is all the channel may sell)}.

    A live session sells from its allotment only, where there is one; the till also from the common stock.
    """
    rows = Allotment.objects.filter(
        stock__product_id__in=product_ids, channel=channel, session_ref=session_ref, is_open=True
    )
    if location_id:
        rows = rows.filter(stock__location_id=location_id)
    found: dict[int, tuple[int, bool]] = {}
    for product, free in rows.annotate(n=F("quantity") - F("held") - F("used")).values_list("stock__product_id", "n"):
        found[product] = (found.get(product, (0, True))[0] + free, channel == Channel.LIVE)
    return found


def stock_at(location_id: int) -> QuerySet[Stock]:
    """What lies at one place, with the products."""
    return Stock.objects.filter(location_id=location_id).select_related("product").order_by("product__title", "pk")


def stock_of_partner(partner_id: int) -> QuerySet[Stock]:
    """A seller's own stock in his own places."""
    return (
        Stock.objects.filter(location__partner_id=partner_id)
        .select_related("product", "product__parent", "location")
        .prefetch_related("allotments")
        .order_by("product__title", "pk")
    )


def locations_of_partner(partner_id: int) -> QuerySet[Location]:
    return Location.objects.filter(partner_id=partner_id, is_active=True)


def moves_of(stock: Stock, limit: int = 50) -> list[StockMove]:
    """The latest moves of one stock, newest first."""
    return list(StockMove.objects.filter(stock=stock).order_by("-id")[:limit])


def hold_get(key: str) -> Hold | None:
    return Hold.objects.filter(key=key).first()


def ledger_errors() -> list[str]:
    """Stocks whose moves do not add up to what they say; empty when all is well."""
    sums = (
        StockMove.objects.filter(stock=OuterRef("pk"))
        .order_by()
        .values("stock")
        .annotate(on_hand=Sum("on_hand_delta"), held=Sum("held_delta"))
    )
    rows = Stock.objects.annotate(
        moved=Coalesce(Subquery(sums.values("on_hand")), 0), promised=Coalesce(Subquery(sums.values("held")), 0)
    )
    wrong = rows.exclude(on_hand=F("moved"), held=F("promised"))
    return [f"stock {s.pk}: {s.on_hand}/{s.held}, moves say {s.moved}/{s.promised}" for s in wrong]  # type: ignore[attr-defined]


def allotments_of_session(session_ref: str) -> list[Allotment]:
    """Open allotments of one live session."""
    return list(Allotment.objects.filter(session_ref=session_ref, is_open=True).order_by("pk"))


def stock_for_live(product_id: int) -> Stock | None:
    """Where a live session takes its pieces from: the online place with most of it free."""
    rows = Stock.objects.filter(product_id=product_id, location__is_active=True, location__sells_online=True)
    return max(rows, key=lambda row: row.free, default=None)


def active_keys(keys: list[str]) -> list[str]:
    """Which of these holds are still active."""
    found: list[str] = []
    for start in range(0, len(keys), 500):
        part = Hold.objects.filter(key__in=keys[start : start + 500], state=Hold.State.ACTIVE)
        found += part.values_list("key", flat=True)
    return found
