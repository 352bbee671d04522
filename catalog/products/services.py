"""Writing goods: the category tree, product classes, a product with its packs."""

import csv
import html
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nh3
from django.db import transaction

from catalog.products.errors import PacksNotPossible
from catalog.products.models import Category, Product, ProductCategory, ProductClass  # type: ignore[attr-defined]  # from Oscar
from catalog.products.policies import can_edit_goods
from catalog.products.signals import product_saved
from kernel import pagecache
from kernel.actors import Actor
from kernel.audit import services as audit
from kernel.policies import require
from kernel.text import nfc, slugify_vi

DATA = Path(__file__).parent / "data"
GOODS, COMBO = "goods", "combo"
# A pack carries these of its parent, so that rules about alcohol, cold goods and sellers need no join.
SHARED_BY_PACKS = (
    "producer_id", "commune_id", "district_id", "set_number", "kind", "shelf_life_days", "abv_percent",
    "fragile", "cold", "liquid", "live", "is_public",
)  # fmt: skip
# Oscar prints descriptions unescaped in its own templates: they are plain text, tags are dropped.
PLAIN_COLUMNS = ("description", "description_en")


@dataclass(frozen=True)
class Pack:
    """One pack of a product: its words, its size, its GTIN."""

    pack: str
    pack_en: str = ""
    gtin: str | None = None
    net_g: int | None = None
    net_ml: int | None = None
    gross_g: int | None = None


def product_class(slug: str) -> ProductClass:
    """The class "goods" or "combo", made when it is missing."""
    names = {GOODS: "Hàng hóa", COMBO: "Hộp quà"}
    found, _ = ProductClass.objects.get_or_create(
        slug=slug, defaults={"name": names[slug], "requires_shipping": True, "track_stock": True}
    )
    return found


def categories_load() -> int:
    """Write the six groups and 26 sets of QĐ 26/2026/QĐ-TTg that are missing. Returns how many were made."""
    with (DATA / "groups_and_sets.csv").open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    there = set(Category.objects.values_list("slug", flat=True))
    made = 0
    groups: dict[str, Category] = {}
    with transaction.atomic():
        for row in rows:
            if row["slug"] in there:
                if row["level"] == "group":
                    groups[row["number"]] = Category.objects.get(slug=row["slug"])
                continue
            words = {
                "name": row["name"], "name_en": row["name_en"], "slug": row["slug"], "icon": row["icon"],
                "agency": row["agency"], "number": int(row["number"]),
            }  # fmt: skip
            if row["level"] == "group":
                groups[row["number"]] = Category.add_root(**words)
            else:
                group = groups[row["group_number"]]
                group.add_child(**words)
                group.refresh_from_db()
            made += 1
    return made


def free_slug(title: str, taken: set[str] | None = None, keep: int | None = None) -> str:
    """A slug for `title` that no other product page has; a number is added where it is taken."""
    stem = slugify_vi(title)[:200] or "san-pham"
    if taken is None:
        others = Product.objects.exclude(structure=Product.CHILD).exclude(pk=keep)
        taken = set(others.filter(slug__startswith=stem).values_list("slug", flat=True))
    slug, number = stem, 2
    while slug in taken:
        slug, number = f"{stem}-{number}", number + 1
    return slug


@transaction.atomic
def product_create(
    *, actor: Actor, title: str, set_number: int | None = None, kind_of: str = GOODS, **fields: Any
) -> Product:
    """A new standalone product in the category of its set. Raises NotPermitted."""
    require(can_edit_goods(actor))
    product = Product(
        title=nfc(title).strip(),
        structure=Product.STANDALONE,
        product_class=product_class(kind_of),
        set_number=set_number,
        **_clean(fields),
    )
    product.slug = fields.get("slug") or free_slug(product.title)
    product.save()
    category_set(product, set_number)
    audit.record(actor, "catalogue.product.created", product, new={"title": product.title})
    _announce(product)
    return product


@transaction.atomic
def product_change(*, actor: Actor, product: Product, **fields: Any) -> dict[str, Any]:
    """Write the columns that differ, to the packs too where they share them. Returns {column: [old, new]}.

    The slug stays as it is when the title changes: an address that was printed keeps working.
    Raises NotPermitted.
    """
    require(can_edit_goods(actor))
    cleaned = _clean(fields)
    changed = {
        name: [getattr(product, name), value] for name, value in cleaned.items() if getattr(product, name) != value
    }
    if not changed:
        return {}
    for name, (_, value) in changed.items():
        setattr(product, name, value)
    product.save()
    if "set_number" in changed:
        category_set(product, product.set_number)
    if product.is_parent and set(changed) & set(SHARED_BY_PACKS):
        product.children.update(**{name: getattr(product, name) for name in SHARED_BY_PACKS})
    audit.record(
        actor,
        "catalogue.product.changed",
        product,
        old={name: _plain(old) for name, (old, _) in changed.items()},
        new={name: _plain(new) for name, (_, new) in changed.items()},
    )
    _announce(product)
    return changed


@transaction.atomic
def packs_set(*, actor: Actor, product: Product, packs: list[Pack]) -> list[Product]:
    """Give a product its packs: one stands on the product itself, several become children of it.

    Returns what can be bought, in the order of `packs`. A second call with the same packs changes nothing.
    Raises NotPermitted, PacksNotPossible (the product is sold as it stands).
    """
    require(can_edit_goods(actor))
    if len(packs) == 1:
        product_change(actor=actor, product=product, **vars(packs[0]))
        return [product]
    if product.is_standalone:
        if product.stockrecords.exists():
            raise PacksNotPossible(product=product.title)
        product.structure = Product.PARENT
        product.save()
    there = {child.pack: child for child in product.children.all()}
    for pack in packs:
        child = there.get(pack.pack) or Product(structure=Product.CHILD, parent=product, pack=pack.pack)
        if child.pk and all(getattr(child, name) == value for name, value in vars(pack).items()):
            continue
        for name, value in vars(pack).items():
            setattr(child, name, value)
        for name in SHARED_BY_PACKS:
            setattr(child, name, getattr(product, name))
        child.title = f"{product.title}, {pack.pack}"
        child.title_en = f"{product.title_en}, {pack.pack_en}" if product.title_en and pack.pack_en else ""
        child.unit_price_basis = product.unit_price_basis
        child.slug = free_slug(child.title, taken=set())
        child.save()
        there[pack.pack] = child
    _announce(product)
    return [there[pack.pack] for pack in packs]


def category_set(product: Product, set_number: int | None) -> None:
    """Put a product into the category of its set, and only there."""
    wanted = Category.objects.filter(depth=2, number=set_number).first() if set_number else None
    ProductCategory.objects.filter(product=product).exclude(category=wanted).delete()
    if wanted is not None:
        ProductCategory.objects.get_or_create(product=product, category=wanted)


def _clean(fields: dict[str, Any]) -> dict[str, Any]:
    cleaned = {name: nfc(value).strip() if isinstance(value, str) else value for name, value in fields.items()}
    for name in PLAIN_COLUMNS:
        if "<" in (cleaned.get(name) or ""):
            cleaned[name] = html.unescape(nh3.clean(cleaned[name], tags=set()))
    return cleaned


def _plain(value: Any) -> Any:
    return value if isinstance(value, (str, int, bool, list, type(None))) else str(value)


def _announce(product: Product) -> None:
    pagecache.bump()
    transaction.on_commit(lambda: product_saved.send_robust(sender=Product, product_id=product.parent_id or product.pk))


@transaction.atomic
def products_register(*, actor: Actor, rows: list[dict[str, Any]]) -> dict[str, Product]:
    """Many new products at once, each with its `register_key`; returns them by that key. Raises NotPermitted."""
    require(can_edit_goods(actor))
    goods = product_class(GOODS)
    sets = dict(Category.objects.filter(depth=2).values_list("number", "pk"))
    taken = set(Product.objects.exclude(structure=Product.CHILD).values_list("slug", flat=True))
    fresh = []
    for row in rows:
        product = Product(structure=Product.STANDALONE, product_class=goods, **_clean(row))
        product.slug = free_slug(product.title, taken)
        taken.add(product.slug)
        fresh.append(product)
    Product.objects.bulk_create(fresh, batch_size=200)
    keys = [product.register_key for product in fresh]
    made = {product.register_key: product for product in Product.objects.filter(register_key__in=keys)}
    ProductCategory.objects.bulk_create(
        [ProductCategory(product=p, category_id=sets[p.set_number]) for p in made.values() if p.set_number in sets],
        batch_size=500,
    )
    house = next(iter(made.values()), None)
    if house is not None:
        audit.record(actor, "catalogue.products.registered", house, new={"count": len(made)})
        pagecache.bump()
    for product in made.values():
        _announce(product)
    return made
