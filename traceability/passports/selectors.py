"""The public story of a lot, gathered in three queries: the events of it and its forebears, their items, the chain.

What the events say is checked while it is read: each event's hash is worked out anew from its rows and held
against its line in the chain.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kernel import clock
from kernel.clock import HERE
from traceability.events.domain import chains
from traceability.events.domain.balance import from_milli
from traceability.events.selectors import event_holds, record_of
from traceability.identifiers.weave import weave
from traceability.ledger.selectors import ChainState, chain_state
from traceability.lots.domain import ROOFS, Roof
from traceability.lots.selectors import facts_of, lot_state
from traceability.passports.providers import product_facts

if TYPE_CHECKING:
    from traceability.events.models import Event, EventItem
    from traceability.lots.models import Lot
    from traceability.zones.models import RawMaterialZone

#: Sales to single buyers are nobody else's business and fill no passport.
HIDDEN = ("sell", "return", "box", "unbox", "service", "error")
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
STATE_KINDS = ("hold", "release", "recall", "destroy")


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the trail."""

    kind: str
    sign: str
    when: str
    title: str
    text: str
    cut: bool = False
    lang: str = ""
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class ZoneCard:
    """A zone as far as its holders agreed to show it: the commune, never a household's plot."""

    key: str
    name: str
    commune_code: str
    commune: str
    households: int
    area_ha: Any
    altitude: str
    certification: str
    gi: str
    owner: str
    harvested: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    lines: int
    whole: bool
    last_at: datetime | None
    read_at: datetime
    chain: ChainState | None


@dataclass(frozen=True, slots=True)
class Passport:
    lot: Lot
    state: str
    roof: Roof
    weave: tuple[tuple[int, ...], ...]
    steps: list[Step]
    zones: list[ZoneCard]
    origin: str  # "zones", "partly", "unrecorded"
    proof: Proof
    shop: dict[str, Any] = field(default_factory=dict)


def passport_of(lot: Lot, language: str) -> Passport:
    events, items = record_of(lot.pk)
    bad = {e.pk for e in events if not event_holds(e, items.get(e.pk, []))}
    live = [e for e in events if not e.error_of_id and e.pk not in _voided(events)]
    whole = not bad and _lots_as_recorded(lot, live, items)
    state = lot_state(lot, whole=whole)
    zones = _zones(live, items, language)
    return Passport(
        lot=lot,
        state=state,
        roof=ROOFS[state],
        weave=weave(lot.gtin, lot.code),
        steps=_steps(live, items, bad, language),
        zones=zones,
        origin=_origin(lot, live, items, zones),
        proof=Proof(
            lines=len(events),
            whole=whole,
            last_at=max((e.record_time for e in events), default=None),
            read_at=clock.now(),
            chain=chain_state(),
        ),
        shop=product_facts(lot.gtin),
    )


def _voided(events: Iterable[Event]) -> set[int]:
    return {e.error_of_id for e in events if e.error_of_id}


def _lots_as_recorded(lot: Lot, live: list[Event], items: dict[int, list[EventItem]]) -> bool:
    """Every lot on the way was made by an event that is there, and this one's dates are those recorded."""
    made: dict[int, dict[str, Any]] = {}
    needed = {lot.pk}
    for event in live:
        for item in items.get(event.pk, []):
            if item.role == "O" and item.lot_id:
                made[item.lot_id] = item.facts or made.get(item.lot_id, {})
            elif item.role == "I" and item.lot_id:
                needed.add(item.lot_id)
    if not needed <= made.keys():
        return False
    return not made[lot.pk] or made[lot.pk] == facts_of(lot)


def _zones(live: list[Event], items: dict[int, list[EventItem]], language: str) -> list[ZoneCard]:
    days: dict[int, set[date]] = {}
    zones: dict[int, RawMaterialZone] = {}
    for event in live:
        if event.kind == "harvest" and event.zone is not None:
            zones[event.zone.pk] = event.zone
            days.setdefault(event.zone.pk, set()).add(event.event_time.astimezone(HERE).date())
    cards = []
    for pk, zone in sorted(zones.items(), key=lambda z: z[1].key):
        heights = sorted({h for h in (zone.alt_min_m, zone.alt_max_m) if h})
        cards.append(
            ZoneCard(
                key=zone.key,
                name=(zone.name_en if language == "en" else "") or zone.name_vi,
                commune_code=zone.commune_code,
                commune=zone.commune_name,
                households=zone.households,
                area_ha=zone.area_ha.normalize(),
                altitude="–".join(chains.number(h, language) for h in heights),
                certification=zone.certification,
                gi=zone.gi,
                owner=zone.owner_name if zone.show_owner else "",
                harvested=tuple(sorted(days[pk])),
            )
        )
    return cards


def _origin(lot: Lot, live: list[Event], items: dict[int, list[EventItem]], zones: list[ZoneCard]) -> str:
    if not zones:
        return "unrecorded"
    unknown = any(e.kind == "source" for e in live)
    return "partly" if unknown else "zones"


def _steps(live: list[Event], items: dict[int, list[EventItem]], bad: set[int], language: str) -> list[Step]:
    steps = []
    for event in sorted(live, key=lambda e: (e.event_time, e.line_id)):
        if event.kind in HIDDEN:
            continue
        title, text, lang = _words(event, items.get(event.pk, []), language)
        steps.append(
            Step(
                kind=event.kind,
                sign=chains.icon_of(event.kind, event.step),
                when=_day(event.event_time, language),
                title=title,
                text=text,
                cut=event.pk in bad,
                lang=lang,
                corrected=bool(event.corrects_id),
            )
        )
    return steps


def _words(event: Event, items: list[EventItem], language: str) -> tuple[str, str, str]:
    """Title and sentence of a step, and the language of the sentence where it differs from the page's."""
    step = chains.step_of(event.step)
    title = step[f"name_{language}"] if step else event.get_kind_display()
    text = chains.sentence(event.step, slots(event, items, language), language)
    lang = ""
    if event.kind in STATE_KINDS and event.reason:
        text, lang = event.reason, "" if language == "vi" else "vi"
    if not text:
        where = event.place_name or chains.word("places", event.place, language)
        who = event.actor_name or chains.word("actors", event.actor_kind, language)
        amounts = ", ".join(_amount(i, language) for i in items if i.role in "OC" and i.milli)
        text = " · ".join(part for part in (who, where if where != who else "", amounts) if part)
    return title, text, lang


def _amount(item: EventItem, language: str) -> str:
    unit = {"KGM": "kg", "LTR": "l"}.get(item.uom, "")
    return f"{chains.number(from_milli(item.milli or 0), language)} {unit}".strip()


def slots(event: Event, items: list[EventItem], language: str) -> dict[str, Any]:
    """What the sentence of a step may say: facts recorded with the event, and what its quantities tell."""
    known: dict[str, Any] = {}
    if event.zone is not None:
        known["zone"] = (event.zone.name_en if language == "en" else "") or event.zone.name_vi
        known["households"] = event.zone.households or None
    masses = {"I": Decimal(0), "O": Decimal(0)}
    litres = {"I": Decimal(0), "O": Decimal(0)}
    counts = {"I": 0, "O": 0}
    for item in items:
        if item.role not in masses or not item.milli:
            continue
        kg = item.lot.kg(item.milli) if item.lot else None
        masses[item.role] += kg or 0
        if item.uom == "LTR":
            litres[item.role] += from_milli(item.milli)
        if item.uom == "H87":
            counts[item.role] += item.milli // 1000
    inputs = [i for i in items if i.role == "I"]
    outputs = [i for i in items if i.role == "O"]
    known |= {"kg_in": _tidy(masses["I"]), "kg_out": _tidy(masses["O"])}
    known |= {"l_in": litres["I"] or None, "l_out": litres["O"] or None}
    known["n_in"] = counts["I"] or len(inputs) or None
    known["n_out"] = counts["O"] or None
    if masses["I"] and masses["O"]:
        known["kg_loss"] = _tidy(masses["I"] - masses["O"])
    if outputs and outputs[0].lot:
        known["lot"] = outputs[0].lot.code
    elif items and items[0].lot:
        known["lot"] = items[0].lot.code
    known["lots_in"] = ", ".join(i.lot.code for i in inputs if i.lot) or None
    known["kg_sample"] = next((from_milli(i.milli) for i in items if i.role == "S" and i.milli), None)
    known["place_to"] = event.destination or event.place_name or None
    known["date"] = _day(event.event_time, language)
    return {k: v for k, v in known.items() if v is not None} | {
        k: v for k, v in event.facts.items() if v not in (None, "")
    }


def _day(moment: datetime, language: str) -> str:
    day = moment.astimezone(HERE)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if language == "en" else f"{day:%d/%m/%Y}"


def _tidy(kg: Any) -> Any:
    return round(kg, 1 if kg >= 10 else 3) if kg else None


def _commune(name: str, english: bool) -> str:
    """A commune inside a sentence: "xã Đăk Mar", "Đăk Mar commune"."""
    kind, _space, rest = name.partition(" ")
    if not rest or kind not in ("Xã", "Phường"):
        return name
    return f"{rest} {'commune' if kind == 'Xã' else 'ward'}" if english else f"{kind.lower()} {rest}"


def verdict_of(passport: Passport, day: str) -> tuple[str, str]:
    """Heading and sentence for the state a lot is in; ``day`` is its last day, written out."""
    lot = passport.lot
    english = (get_language() or "vi").startswith("en")
    reason = (lot.state_reason_en if english else "") or lot.state_reason
    if passport.state == "on_sale":
        maker = (passport.shop.get("producer") or {}).get("name") or lot.producer_name
        place = _commune(passport.zones[0].commune, english) if passport.zones else ""
        if maker and place:
            told = _("Goods of %(maker)s, grown in %(place)s. No warning for this lot.")
        elif maker:
            told = _("Goods of %(maker)s. No warning for this lot.")
        else:
            told = _("No warning for this lot.")
        return _("On sale, in date"), told % {"maker": maker, "place": place}
    if passport.state == "sold_out":
        told = _("The pack you hold is good until %(day)s.") % {"day": day} if day else ""
        return _("Lot sold out, in date"), told
    if passport.state == "held":
        return _("On hold for checks"), _(
            "Wait before using it. When we know, the roof on this page changes and buyers are told."
        )
    if passport.state == "recalled":
        told = _("Keep the pack; you get all your money back.")
        return _("Recalled, do not use"), f"{reason} {told}" if reason else told
    if passport.state == "expired":
        return _("Past its date"), _("The lot's date was %(day)s. It should no longer be consumed.") % {"day": day}
    if passport.state == "cut":
        return _("Record broken"), _("One line does not match, so the lot is off sale until it is cleared up.")
    return _("Lot destroyed, on record"), _("No pack of this lot is on sale any more. If you hold one, tell us.")
