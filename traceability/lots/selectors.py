"""Reading lots: those on sale, the oldest fit one, one by its key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from kernel import clock
from traceability.events.selectors import order_goods
from traceability.identifiers.domain import link_for, read_crockford
from traceability.lots.domain import oldest_first, shown_state
from traceability.lots.errors import LotNotFound
from traceability.lots.models import Lot, Serial


@dataclass(frozen=True, slots=True)
class LotInfo:
    """A lot as the shop shows it."""

    id: int
    gtin: str
    code: str
    short_code: str
    left: int
    packed_at: date | None
    expires_on: date | None
    state: str
    url: str


def info_of(lot: Lot) -> LotInfo:
    return LotInfo(
        lot.pk,
        lot.gtin,
        lot.code,
        lot.short_code,
        lot.pieces_left,
        lot.packed_at,
        lot.expires_on,
        lot_state(lot),
        link_for(lot.gtin, lot.code).path if lot.gtin else "",
    )


def lot_state(lot: Lot, *, whole: bool = True) -> str:
    return shown_state(
        stored=lot.state, left=lot.left_milli, expires_on=lot.expires_on, today=clock.today(), whole=whole
    )


def fit_lots(gtins: Iterable[str]) -> list[Lot]:
    """Packed lots that may be sold today, the one to go first in front. One query."""
    today = clock.today()
    rows = Lot.objects.filter(
        Q(expires_on__isnull=True) | Q(expires_on__gte=today),
        gtin__in=[g.zfill(14) for g in gtins if g],
        kind="pack",
        state="on_sale",
        left_milli__gte=1000,
    )
    return sorted(rows, key=lambda lot: oldest_first(lot.expires_on, lot.packed_at, lot.pk))


def lots_on_sale(gtins: Iterable[str]) -> dict[str, list[LotInfo]]:
    """Lots on sale of each GTIN (as asked for), oldest fit one first. One query, however many GTINs."""
    asked = {g.zfill(14): g for g in gtins if g}
    found: dict[str, list[LotInfo]] = {g: [] for g in asked.values()}
    for lot in fit_lots(asked):
        found[asked[lot.gtin]].append(info_of(lot))
    return found


def oldest_fit_lot(gtin: str) -> LotInfo | None:
    return next(iter(lots_on_sale([gtin]).get(gtin, [])), None)


def lot_get(*, gtin: str, code: str) -> Lot:
    """One lot by its key; a careless hand's case is forgiven where it means one lot. Raises LotNotFound."""
    gtin = gtin.zfill(14)
    lot = Lot.objects.filter(gtin=gtin, code=code).first()
    if lot is None:
        near = list(Lot.objects.filter(gtin=gtin, code__iexact=code)[:2])
        lot = near[0] if len(near) == 1 else None
    if lot is None:
        raise LotNotFound
    return lot


def lot_by_id(lot_id: int) -> Lot:
    """Raises LotNotFound."""
    lot = Lot.objects.filter(pk=lot_id).first()
    if lot is None:
        raise LotNotFound
    return lot


def lot_by_short_code(code: str) -> Lot:
    """The lot behind ``/t/<code>``. Raises LotNotFound."""
    lot = Lot.objects.filter(short_code=read_crockford(code)).exclude(gtin="").first()
    if lot is None:
        raise LotNotFound
    return lot


def lots_of_gtin(gtin: str) -> list[Lot]:
    """Packed lots of a product, newest packing first."""
    return list(
        Lot.objects.filter(gtin=gtin.zfill(14), kind="pack").order_by(F("packed_at").desc(nulls_last=True), "-id")
    )


def lots_of_producer(producer_code: str, *, kinds: Iterable[str] = ("pack",)) -> list[Lot]:
    """A producer's lots for the desk, newest first."""
    return list(Lot.objects.filter(producer_code=producer_code, kind__in=list(kinds)).order_by("-id"))


def lots_named(text: str) -> list[Lot]:
    """Packed lots whose code or short code was typed, for the look-up page."""
    text = text.strip()
    if not text:
        return []
    return list(
        Lot.objects.filter(Q(code__iexact=text) | Q(short_code=read_crockford(text)), kind="pack").order_by("-id")[:10]
    )


def serial_known(gtin: str, value: str) -> Serial | None:
    return Serial.objects.filter(gtin=gtin.zfill(14), value=value).select_related("lot").first()


def lots_of_order(order_ref: str) -> list[tuple[LotInfo, int]]:
    """The lots an order was packed from, with pieces, for the buyer's order page. What came back is left out."""
    totals: dict[int, int] = {}
    lots: dict[int, Lot] = {}
    for lot, milli in order_goods(order_ref):
        totals[lot.pk] = totals.get(lot.pk, 0) + milli
        lots[lot.pk] = lot
    return [(info_of(lots[i]), milli // 1000) for i, milli in totals.items() if milli > 0]


def packs_among(lot_ids: Iterable[int]) -> list[Lot]:
    """The packed lots among these."""
    return list(Lot.objects.filter(pk__in=list(lot_ids), kind="pack").order_by("pk"))


def newest_lot(gtin: str) -> Lot | None:
    return next(iter(lots_of_gtin(gtin)), None)


def facts_of(lot: Lot) -> dict[str, object]:
    """What a lot was made with, as it is kept inside the hashed event."""
    facts = {
        "name": lot.product_name,
        "maker": lot.producer_name,
        "grams": lot.unit_grams,
        "produced": lot.produced_at,
        "packed": lot.packed_at,
        "expires": lot.expires_on,
    }
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in facts.items() if v}


def lots_stopped() -> list[Lot]:
    """Lots that are held or called back, the latest first."""
    return list(Lot.objects.filter(state__in=("held", "recalled")).order_by(F("state_at").desc(nulls_last=True), "-id"))
