"""Reading provinces and communes. "Today's" units are those without a last day."""

from dataclasses import dataclass

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.db.models.functions import Length

from catalog.places.domain import SEPARATOR, search_words
from catalog.places.errors import UnitNotFound
from catalog.places.models import AdminUnit
from kernel.text import nfc

KON_TUM_2023 = "62"
LOOKED_THROUGH = 60
Level = AdminUnit.Level


@dataclass(frozen=True)
class CommuneHit:
    code: str
    name: str
    province_code: str
    province: str
    former_district: str = ""

    @property
    def label(self) -> str:
        return f"{self.name}, {self.province}"


def provinces() -> list[AdminUnit]:
    """The 34 provinces and cities of today by name."""
    return list(AdminUnit.objects.current().filter(level=Level.PROVINCE).order_by("slug"))


def communes_of(province_code: str) -> list[AdminUnit]:
    """Today's communes of a province by name."""
    found = AdminUnit.objects.current().filter(
        level=Level.COMMUNE, parent__code=province_code, parent__valid_to__isnull=True
    )
    return list(found.order_by("slug", "code"))


def communes_matching(text: str, province: str | None = None, limit: int = 12) -> list[CommuneHit]:
    """Type-ahead over today's communes: no diacritics, former names and spellings too, one query.

    Every word must begin a word of the commune's names or of its province, the last one may be unfinished.
    Names that equal the text come first, then names that begin with it, then the rest; among equals those with
    the very marks that were typed.
    """
    words = search_words(text)
    if not words:
        return []
    whole = " ".join(words)
    found = AdminUnit.objects.current().filter(level=Level.COMMUNE)
    if province:
        found = found.filter(parent__code=province)
    for index, word in enumerate(words):
        end = "" if index == len(words) - 1 else " "
        found = found.filter(folded__contains=f" {word}{end}")
    found = found.annotate(
        rank=Case(
            When(folded__startswith=f" {whole} {SEPARATOR}", then=0),
            When(folded__startswith=f" {whole}", then=1),
            When(folded__contains=f"{SEPARATOR} {whole} {SEPARATOR}", then=2),
            When(folded__contains=f" {whole}", then=3),
            default=Value(4),
            output_field=IntegerField(),
        )
    ).order_by("rank", Length("name"), "slug", "code")
    rows = list(found.select_related("parent", "historic_district")[: max(limit, LOOKED_THROUGH)])
    spelled = nfc(text).casefold().strip()
    if not spelled.isascii():
        rows.sort(key=lambda unit: (unit.rank, spelled not in unit.name.casefold()))
    return [
        CommuneHit(
            unit.code,
            unit.name,
            unit.parent.code,
            unit.parent.name,
            unit.historic_district.short_name if unit.historic_district else "",
        )
        for unit in rows[:limit]
        if unit.parent is not None
    ]


def commune_get(code: str) -> AdminUnit:
    """Today's commune with its province. Raises UnitNotFound."""
    unit = AdminUnit.objects.current().filter(level=Level.COMMUNE, code=code[:10]).select_related("parent").first()
    if unit is None:
        raise UnitNotFound(unit=code[:10])
    return unit


def former_districts() -> list[AdminUnit]:
    """The ten districts of Kon Tum until 30/6/2025, which people still name."""
    return list(AdminUnit.objects.filter(level=Level.DISTRICT, parent__code=KON_TUM_2023).order_by("slug"))


def kon_tum_communes() -> QuerySet[AdminUnit]:
    """Today's 40 communes of the former Kon Tum, with their former district."""
    return (
        AdminUnit.objects.current()
        .filter(level=Level.COMMUNE, historic_district__isnull=False)
        .select_related("historic_district")
        .order_by("slug")
    )


@dataclass(frozen=True)
class UnitCodes:
    """Ids of units by code, for imports."""

    districts: dict[str, int]
    communes: dict[str, int]
    district_of_commune: dict[str, int | None]
    successors: dict[str, frozenset[str]]


def unit_codes() -> UnitCodes:
    """Districts and communes of 2023 with what became of them, and communes of today."""
    communes = AdminUnit.objects.current().filter(level=Level.COMMUNE)
    rows = list(communes.values_list("code", "pk", "historic_district_id"))
    successors: dict[str, set[str]] = {}
    former = AdminUnit.objects.filter(level=Level.COMMUNE, valid_to__isnull=False)
    for old, new in former.values_list("code", "successors__code"):
        successors.setdefault(old, set()).update([new] if new else [])
    return UnitCodes(
        districts={unit.code: unit.pk for unit in former_districts()},
        communes={code: pk for code, pk, _ in rows},
        district_of_commune={code: district for code, _, district in rows},
        successors={old: frozenset(new) for old, new in successors.items()},
    )
