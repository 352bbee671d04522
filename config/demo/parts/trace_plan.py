"""From a product of the register to the quantities of its chain: how much was harvested, made and packed, and when."""

from __future__ import annotations

import csv
import json
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_DOWN, ROUND_UP, Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from traceability.events.domain import chains

DATA = Path(__file__).parents[1] / "data" / "trace"
SKIP = {"serial", "dehydrate", "redry", "label", "grow", "draw", "buy_in", "base", "inoculate"}
#: Rows whose chain differs from their family's: steps left out, or optional ones taken in.
WITHOUT = {16: {"toast"}, 75: {"dry"}}
WITH = {50: {"mill"}, 8: {"stew"}, 11: {"stew"}, 72: {"make"}, 74: {"make"}}
VARIANT = {
    "coffee_arabica",
    "bitter_melon",
    "codonopsis",
    "schisandra",
    "ginger",
    "rice_red",
    "rice_sticky",
    "rice_fragrant",
}
KG_IN_A_JAR = 5
HARVESTS = {"rice_paper": "river_fish.010_harvest"}
#: Goods that do not wait: packed within days of the harvest.
FRESH = {"fresh_fruit", "poultry", "river_fish", "cooked_meat", "smoked_meat", "rice_paper", "honey"}


@dataclass(frozen=True)
class Pack:
    """One size of a product: what the catalogue gives."""

    row: int
    gtin: str
    name: str
    name_en: str
    producer_code: str
    producer_name: str
    grams: int
    shelf_days: int


@dataclass
class Stage:
    """One transformation: its step, what share is bought in, its yield."""

    step: str
    key: str
    ratio: Decimal
    uom: str
    bought: Decimal = Decimal(0)
    bought_uom: str = "KGM"
    bought_vi: str = ""
    bought_en: str = ""


@dataclass
class Plan:
    row: int
    family: str
    zones: list[str]
    start: str
    start_uom: str
    stages: list[Stage]
    pack_step: str
    pack_ratio: Decimal
    packed: date
    harvested: date
    packs: list[tuple[Pack, int]] = field(default_factory=list)


@lru_cache(maxsize=1)
def product_rows() -> dict[int, dict[str, str]]:
    with open(DATA / "product_chain.csv", encoding="utf-8", newline="") as table:
        return {int(r["row"]): r for r in csv.DictReader(table)}


@lru_cache(maxsize=1)
def families() -> dict[str, dict[str, str]]:
    with open(DATA / "families.csv", encoding="utf-8", newline="") as table:
        return {r["family"]: r for r in csv.DictReader(table)}


@lru_cache(maxsize=1)
def step_facts() -> dict[str, dict[str, Any]]:
    return json.loads((DATA / "steps.json").read_text(encoding="utf-8"))


def amount(value: Decimal, *, up: bool = False) -> Decimal:
    """A weight as people write it: to 100 g from 10 kg on, to the gram below."""
    step = Decimal("0.1") if value >= 10 else Decimal("0.001")
    return max(value.quantize(step, ROUND_UP if up else ROUND_DOWN), Decimal("0.001"))


def plan_of(packs: list[Pack], rng: random.Random, today: date, months: list[int], *, days_ago: int) -> Plan | None:
    """The chain of a product, or None where it has none (services)."""
    row = packs[0].row
    facts = product_rows()[row]
    family = facts["family"]
    if family == "tourism":
        return None
    zones = [] if facts["zones"] == "unrecorded" else facts["zones"].split(";")
    steps = chains.family_steps(family)
    if family == "coffee_blend":  # its coffee is roasted first
        steps = [*(s for s in chains.family_steps("coffee_roasted") if s[1]["key"] != "pack"), *steps]
    start, stages, pack_step, pack_ratio = "", [], "", Decimal(1)
    for step_id, step in steps:
        key = step["key"]
        if step["output"] == "pack_lot" and key != "label":
            pack_step, pack_ratio = step_id, _ratio(step, facts)
        elif step["event_type"] == "TransformationEvent" and key not in SKIP and step["pattern"] != "rework":
            if key in WITHOUT.get(row, ()) or (step["optional"] and key not in WITH.get(row, ())):
                continue
            stages.append(_stage(step_id, step, facts))
        elif not start and step["event_type"] == "ObjectEvent":
            start = step_id
    if not pack_step:  # jars are filled and sealed in one step
        pack_step, pack_ratio = stages.pop().step, Decimal(packs[0].grams) / KG_IN_A_JAR / 1000
    _buy_in(stages, facts)
    if zones and chains.step_of(start)["output"] != "harvest_lot":
        start = HARVESTS.get(family, "")
    packed = today - timedelta(days=days_ago)
    days = sum(step_facts()[s.step]["days"][1] for s in stages)
    harvested = _in_season(packed - timedelta(days=int(days) + 9), months)
    if family in FRESH:
        packed = min(packed, harvested + timedelta(days=int(days) + 9))
    uom = "H87" if family == "poultry" else "KGM"
    return Plan(row, family, zones, start, uom, stages, pack_step, pack_ratio, packed, harvested)


def _ratio(step: dict[str, Any], facts: dict[str, str]) -> Decimal:
    told = step.get("yield") or {"typical": 1}
    variant = told.get("variants", {}).get(facts["crop"])
    return Decimal(str((variant or told)["typical"]))


def _stage(step_id: str, step: dict[str, Any], facts: dict[str, str]) -> Stage:
    stage = Stage(step_id, step["key"], _ratio(step, facts), step["uom"])
    for used in step["inputs"]:
        if used["kind"] == "bought_in" and used.get("share_of_input"):
            stage.bought = Decimal(str(used["share_of_input"]))
            stage.bought_vi, stage.bought_en = used["what_vi"], used["what_en"]
    if stage.key == "infuse":  # one litre of bought spirit on 200 g of root or fruit
        stage.bought, stage.bought_uom = Decimal(5), "LTR"
        stage.ratio = Decimal("4.75")
        stage.bought_vi, stage.bought_en = "rượu nền", "base spirit"
    if stage.key == "ferment":
        stage.bought, stage.bought_uom = Decimal("0.35"), "KGM"
    if step["key"] in ("batter", "cook") and stage.bought >= 1:
        stage.bought = Decimal("0.6")
    return stage


def _buy_in(stages: list[Stage], facts: dict[str, str]) -> None:
    """The share of the recipe that comes from outside the zones enters where things are mixed."""
    share = Decimal(facts["bought_in_share_pct"] or 0) / 100
    if not share or share == 1 or facts["zones"] == "unrecorded":
        return
    mixers = [s for s in stages if s.bought]
    stage = mixers[-1] if mixers else stages[-1]
    if stage.bought_uom == "KGM" and stage.key not in ("infuse", "ferment"):
        stage.bought = share
    stage.bought_vi = facts["bought_in_vi"] or stage.bought_vi
    stage.bought_en = facts["bought_in_en"] or stage.bought_en


def _in_season(day: date, months: list[int]) -> date:
    """The last day of the season that is not after this one."""
    for back in range(400):
        candidate = day - timedelta(days=back)
        if candidate.month in months:
            return candidate - timedelta(days=min(6, candidate.day - 1))
    return day


def raw_needed(plan: Plan) -> Decimal:
    """How much has to be harvested so that all packs can be filled, with a little over."""
    need = sum((Decimal(pack.grams) * pieces / 1000 for pack, pieces in plan.packs), Decimal(0)) / plan.pack_ratio
    need += Decimal(1)  # samples
    for stage in reversed(plan.stages):
        need /= stage.ratio
        if stage.bought and stage.key not in ("infuse", "ferment"):
            need *= 1 - stage.bought
    if plan.start_uom == "H87":
        return (need / Decimal("2.4")).quantize(Decimal(1), ROUND_UP) + 1
    return amount(need * Decimal("1.04") + Decimal("0.2"), up=True)


def facts_for(step_id: str, rng: random.Random) -> dict[str, Any]:
    """Believable values for the slots of a step's sentence that its quantities do not tell."""
    known = step_facts().get(step_id, {})
    low, typical, high = known.get("days", [0, 1, 2])
    facts: dict[str, Any] = {
        "days": max(1, round(rng.uniform(max(low, typical * 0.9), min(high, typical * 1.1)))),
        "hours": rng.choice((8, 10, 12, 16, 18, 24)),
        "moisture": rng.choice(("11.2", "11.5", "11.8", "12")),
        "percent": rng.randint(91, 97),
        "mm": rng.choice((3, 4, 5)),
        "recipe": f"CT-{rng.randint(1, 9)}",
        "year": rng.choice((2021, 2022, 2023)),
        "grade": "16",
        "abv": rng.choice((35, 38, 40)),
        "supplier_vi": "người bán ngoài vùng",
        "supplier_en": "a seller outside the zones",
    }
    for name in ("temp", "minutes"):
        if name in known:
            a, b = known[name]
            facts[name] = round(rng.uniform(a + (b - a) * 0.3, a + (b - a) * 0.7))
    facts.setdefault("minutes", rng.choice((15, 20, 30)))
    facts.setdefault("temp", rng.choice((45, 50, 55)))
    step = chains.step_of(step_id) or {}
    wanted = set(chains.SLOT.findall(step.get("sentence_vi", "")))
    return {k: v for k, v in facts.items() if k.removesuffix("_vi").removesuffix("_en") in wanted}
