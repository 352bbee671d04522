"""Questions of pages to the shop: which goods a rule means, and how goods, gift sets, makers and lots stand now."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count

from catalog.certification.selectors import current_stars
from catalog.pictures.selectors import main_pictures
from catalog.producers import selectors as producers
from catalog.products import selectors as products
from kernel import clock
from marketplace.storefront import selectors as storefront
from marketplace.storefront.domain import combo_available
from traceability.lots.errors import LotNotFound
from traceability.lots.selectors import info_of, lot_get

SETS = range(1, 27)
ADVERTISING = "xac_nhan_quang_cao"


def cards_by_id(ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Today's cards of these goods; none is asked for twice."""
    wanted = list(dict.fromkeys(ids))
    return {card["id"]: card for card in storefront.cards(wanted)} if wanted else {}


def by_rule(value: dict[str, Any], taken: set[int]) -> list[int]:
    """Ids for one shelf: those picked by hand, then those of the rule that no shelf above shows."""
    count = int(value.get("count") or 4)
    picked = [i.get("value") if isinstance(i, dict) else i for i in value.get("products") or []]
    picked = [pk for pk in picked if pk]
    rule = value.get("rule")
    if not rule or len(picked) >= count:
        return picked[:count]
    goods = products.pages().filter(combo=None)
    if rule == "set":
        goods = goods.filter(set_number=value.get("set_number"))
    rows = list(
        goods.order_by("-date_created", "-pk").values_list(
            "pk", "season_months", "abv_percent", "producer_id", "papers"
        )
    )
    # Nothing with alcohol, and no goods whose advertising needs approval, comes onto a shelf by itself.
    rows = [row for row in rows if row[0] not in taken and row[0] not in picked and not row[2]]
    rows = [row for row in rows if ADVERTISING not in (row[4] or [])]
    if rule == "season":
        month = clock.today().month
        rows = [row for row in rows if month in (row[1] or []) and len(row[1]) < 12]
    elif rule == "stars":
        stars = current_stars([row[0] for row in rows], clock.today())
        rows = sorted((row for row in rows if row[0] in stars), key=lambda row: -(stars[row[0]].stars or 0))
    return picked + [row[0] for row in _mixed(rows)][: count - len(picked)]


def _mixed(rows: list[tuple]) -> list[tuple]:
    """The same rows so that one maker does not fill a shelf alone: first each maker's first, then each second."""
    seen: dict[Any, int] = {}
    ranked = []
    for place, row in enumerate(rows):
        seen[row[3]] = seen.get(row[3], -1) + 1
        ranked.append((seen[row[3]], place, row))
    return [row for _, _, row in sorted(ranked, key=lambda item: item[:2])]


def newest_combos(count: int) -> list[int]:
    return list(products.pages().filter(combo__isnull=False).order_by("-pk").values_list("pk", flat=True)[:count])


def combos_by_id(ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """What `components/combo-card.html` shows, in the order of the ids: five queries for any number."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return {}
    rows = products.pages().filter(pk__in=wanted, combo__isnull=False).select_related("combo")
    rows = {row.pk: row for row in rows.prefetch_related("combo__components__product__parent")}
    prices = storefront.goods_of(rows)
    parts = {pk: list(row.combo.components.all()) for pk, row in rows.items()}
    packs = {
        pack.product_id: pack
        for goods in storefront.goods_by_pack({c.product_id for cs in parts.values() for c in cs}).values()
        for pack in goods.packs
    }
    pictures = main_pictures({c.product.parent_id or c.product_id for cs in parts.values() for c in cs})
    found = {}
    for pk in wanted:
        if pk not in rows or pk not in prices:
            continue
        name = storefront.words(rows[pk], "title")
        owners = [c.product.parent or c.product for c in parts[pk]]
        have = [(packs[c.product_id].available, c.quantity) for c in parts[pk] if c.product_id in packs]
        can = combo_available(have) if len(have) == len(parts[pk]) else 0
        pack = storefront.front_pack(prices[pk].packs)
        found[pk] = {
            "url": storefront.product_url(rows[pk].slug, combo=True),
            "name": name,
            "lang": name.lang,
            "pictures": [pictures.get(owner.pk) for owner in owners][:3],
            "contents": ", ".join(str(storefront.words(owner, "title")) for owner in owners),
            "price": pack.price if pack else None,
            "available": 0 if can <= 0 else None,
        }
    return found


def groups() -> list[dict[str, Any]]:
    """The six groups with the number of their public goods."""
    counts = dict(products.pages().filter(combo=None).order_by().values_list("set_number").annotate(Count("pk")))
    found: dict[str, dict[str, Any]] = {}
    for number in SETS:
        trail = products.category_trail(number)
        if trail:
            group = found.setdefault(
                trail[0].slug,
                {
                    "name": storefront.words(trail[0], "name"),
                    "url": storefront.address(f"/nhom/{trail[0].slug}/"),
                    "icon": trail[0].icon,
                    "count": 0,
                },
            )
            group["count"] += counts.get(number, 0)
    return list(found.values())


def region() -> dict[str, Any]:
    """Numbers of goods by commune, with the list behind each."""
    rows = products.pages().filter(combo=None).order_by().values_list("commune__code", "producer__commune__code")
    counts: dict[str, int] = {}
    for own, makers in rows:
        code = own or makers
        if code:
            counts[code] = counts.get(code, 0) + 1
    links = {code: storefront.address(f"/san-pham/?xa={code}") for code in counts}
    return {"counts": counts, "links": links, "communes": len(counts), "goods": sum(counts.values())}


def producer(producer_id: int) -> dict[str, Any] | None:
    """Name, place and address of a producer's page."""
    row = producers.pages().filter(pk=producer_id).first()
    if row is None:
        return None
    return {
        "name": storefront.words(row, "name"),
        "about": storefront.words(row, "about"),
        "place": row.commune.short_name if row.commune else "",
        "url": storefront.producer_url(row.slug),
    }


def lot(gtin: str, code: str) -> dict[str, Any]:
    """The state a lot has now and the address of its passport; an unknown lot says so."""
    try:
        info = info_of(lot_get(gtin=gtin.strip(), code=code.strip()))
    except LotNotFound:
        return {"code": code, "state": "unknown", "url": ""}
    return {
        "code": info.code,
        "state": info.state,
        "packed_at": info.packed_at,
        "expires_on": info.expires_on,
        "url": storefront.address(info.url),
    }
