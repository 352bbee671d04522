"""Products for pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet

from catalog.products.models import Category, Product
from kernel import pagecache

_trails: tuple[int, dict[int, list[Category]]] = (0, {})


def pages() -> QuerySet[Product]:
    """Products that have a page: public, and not one size of another."""
    return (
        Product.objects.filter(is_public=True)
        .exclude(structure=Product.CHILD)
        .select_related("producer__commune__historic_district", "commune__historic_district", "district")
    )


def category_trail(set_number: int | None) -> list[Category]:
    """Group and set of a set number. The tree is small and read once per public version and process."""
    global _trails
    if _trails[0] != pagecache.version():
        by_path = {category.path: category for category in Category.objects.all()}
        trails = {
            category.number: [
                by_path[path] for path in (category.path[: -category.steplen], category.path) if path in by_path
            ]
            for category in by_path.values()
            if category.number is not None and category.depth == 2
        }
        _trails = (pagecache.version(), trails)
    return _trails[1].get(set_number or 0, [])


def set_numbers() -> frozenset[int]:
    """The numbers of the product sets in force."""
    return frozenset(Category.objects.filter(depth=2).values_list("number", flat=True))


def by_gtin(gtin: str) -> Product | None:
    """The public product or size with this GTIN, leading zeros or not."""
    forms = {gtin, gtin.lstrip("0"), gtin.zfill(13), gtin.zfill(14)}
    found = Product.objects.filter(gtin__in=forms).select_related("parent").first()
    if found is None or not (found.parent or found).is_public:
        return None
    return found


def by_id(product_id: int) -> Product | None:
    """A public product that has a page, by its id."""
    return pages().filter(pk=product_id).first()


def by_slug(slug: str) -> Product | None:
    """Any public product, gift sets and single sizes included, by its address."""
    found = Product.objects.filter(slug=slug).select_related("parent", "combo").first()
    return found if found is not None and (found.parent or found).is_public else None


@dataclass(frozen=True)
class PackFacts:
    """What rules about combos ask of a product."""

    is_page: bool
    is_combo: bool
    abv_percent: Decimal | None


def pack_facts(product_ids: Iterable[int]) -> dict[int, PackFacts]:
    """Facts by product id; ids that do not exist are missing."""
    rows = Product.objects.filter(pk__in=list(product_ids))
    return {
        pk: PackFacts(structure == Product.PARENT, combo is not None, abv)
        for pk, structure, combo, abv in rows.values_list("pk", "structure", "combo__id", "abv_percent")
    }


def gtins() -> list[tuple[str, int]]:
    """Every GTIN of a public product or size with the id of the product that has the page."""
    rows = Product.objects.exclude(gtin=None).exclude(gtin="").select_related("parent")
    return [
        (p.gtin, p.parent_id or p.pk)
        for p in rows.only("gtin", "is_public", "parent__is_public")
        if (p.parent or p).is_public
    ]


def goods_of_producer(producer_id: int) -> QuerySet[Product]:
    """Everything one producer has listed, hidden goods too; the packs of a product are below it."""
    rows = Product.objects.filter(producer_id=producer_id).exclude(structure=Product.CHILD)
    return rows.filter(combo=None).prefetch_related("children").order_by("title", "pk")


def groups_with_sets() -> list[tuple[Category, list[Category]]]:
    """The groups of the decision, each with its sets."""
    rows = list(Category.objects.filter(depth__lte=2).order_by("path"))
    groups = [row for row in rows if row.depth == 1]
    return [(group, [row for row in rows if row.depth == 2 and row.path.startswith(group.path)]) for group in groups]


def set_examples() -> list[tuple[int, int | None, str]]:
    """(set number, shelf life, storage) of all public goods, from which a new listing is prefilled."""
    rows = Product.objects.filter(is_public=True, set_number__isnull=False).exclude(structure=Product.CHILD)
    return list(rows.values_list("set_number", "shelf_life_days", "storage"))


def find_public(text: str) -> QuerySet[Product]:
    """Public products and combos whose name, registered name or keywords hold all words of `text`, as typed."""
    rows = Product.objects.filter(is_public=True).exclude(structure=Product.CHILD).select_related("producer")
    for word in text.split()[:6]:
        rows = rows.filter(Q(title__icontains=word) | Q(keywords__icontains=word) | Q(registered_name__icontains=word))
    return rows.order_by("title", "pk")
