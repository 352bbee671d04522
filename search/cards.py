"""From the catalogue to cards: what a product, a gift combo or a maker says in a list, and what finds it."""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.loader import get_template
from django.utils import translation
from oscar.core.loading import get_model

from catalog.pictures import selectors as pictures
from kernel.money import dong
from marketplace.inventory import selectors as inventory
from marketplace.storefront import selectors as storefront
from search import analysis
from search.domain import GOODS, Document, Interval, document_id, stars_terms
from search.models import Card, FacetValue
from search.registry import Entry, builders, sources

STARS_HERE = "\ue000"
_BLANKS = re.compile(r"[ \t\r\n]+")  # not the no-break spaces
NO_PRICE = (1 << 34) - 1
LANGUAGES = ("vi", "en")

Facets = dict[tuple[str, str], tuple[str, str, int]]


def padded(text: str) -> str:
    return f" {text} " if text else ""


def sort_keys(number: int, *, price: int | None, made_on: dt.date, weight: int = 0) -> dict[str, int]:
    """Numbers that are different for every document, so that no order depends on the engine."""
    known = NO_PRICE if price is None else min(price, NO_PRICE)
    return {
        "rank": weight << 32 | ((1 << 32) - 1 - number),
        "by_new": made_on.toordinal() << 32 | number,
        "by_price_up": known << 28 | number,
        "by_price_down": (0 if price is None else known) << 28 | ((1 << 28) - 1 - number),
    }


# Goods


def _goods() -> QuerySet[Any]:
    product = get_model("catalogue", "Product")
    return (
        product.objects.filter(is_public=True)
        .exclude(structure="child")
        .select_related("producer__commune", "commune", "district", "product_class", "combo")
        .prefetch_related(
            "categories",
            "certificates",
            "commune__aliases",
            "commune__predecessors",
            "combo__components__product__parent",
        )
        .order_by("pk")
    )


def goods_ids() -> list[int]:
    return list(_goods().values_list("pk", flat=True))


class Tree:
    """Groups and sets, by the path of the category tree."""

    def __init__(self) -> None:
        category = get_model("catalogue", "Category")
        self.by_path = {each.path: each for each in category.objects.all()}
        self.step = category.steplen
        self.by_set = {each.number: each for each in self.by_path.values() if each.depth == 2 and each.number}

    def of(self, product: Any) -> tuple[Any, Any]:
        """Group and set of a product, either of which may be missing."""
        found = max(product.categories.all(), key=lambda each: each.depth, default=None)
        found = found or self.by_set.get(product.set_number)
        if found is None:
            return None, None
        group = self.by_path.get(found.path[: self.step])
        kind = self.by_path.get(found.path[: 2 * self.step]) if found.depth >= 2 else None
        return group, kind


def stars_intervals(product: Any) -> list[Interval]:
    """When which certificate gives stars. Suspended, revoked and merely reported ones give none."""
    spans = []
    for row in product.certificates.all():
        end = {"valid": row.expires_on, "extended": row.extended_until}.get(row.state)
        if row.stars and row.issued_on and end:
            spans.append(Interval(row.issued_on, end, row.stars))
    return spans


def _place_words(unit: Any) -> Iterator[str]:
    """A commune under all its names: of today, of before the merger, as people write it."""
    if unit is None:
        return
    yield unit.name
    yield unit.local_spelling
    for former in unit.predecessors.all():
        yield former.name
        yield former.local_spelling
    for alias in unit.aliases.all():
        yield alias.name


def _shelf(products: list[Any]) -> dict[int, Any]:
    """Packs and prices of those products that have any, with what the stock ledger says is left of each."""
    shelf = storefront.goods_of([product.pk for product in products])
    left = inventory.available([pack.product_id for goods in shelf.values() for pack in goods.packs])
    for goods in shelf.values():
        goods.packs = [replace(pack, available=left[pack.product_id]) for pack in goods.packs]
    return shelf


def _faces(products: list[Any], shelf: dict[int, Any]) -> dict[str, dict[int, str]]:
    """The theme's own card of each product in both languages, with a mark where the plaque of stars stands."""
    card, plaque = get_template("components/product-card.html"), get_template("components/ocop-plaque.html")
    front = pictures.main_pictures(shelf)
    faces: dict[str, dict[int, str]] = {}
    for language in LANGUAGES:
        with translation.override(language):
            stars = plaque.render({"stars": 3}).strip()
            shown: dict[int, str] = {}
            shelf = _shelf(products)  # The names of packs are in the language of the page.
            for product in products:
                if product.pk not in shelf:
                    continue
                combo = getattr(product, "combo", None) is not None
                face = storefront.card_of(shelf[product.pk], front.get(product.pk), None, combo=combo)
                html = card.render({"card": {**face, "stars": 3}, "heading": "h2"})
                if html.count(stars) != 1:
                    raise ValueError("the card has no single place for its stars")
                shown[product.pk] = _BLANKS.sub(" ", html.replace(stars, STARS_HERE)).strip()
            faces[language] = shown
    return faces


def look() -> str:
    """A fingerprint of the theme's card, hashed addresses of its signs included."""
    face = {"url": "/", "name": "x", "maker": "y", "place": "z", "price": 1000, "unit": "u", "available": 0, "stars": 3}
    card, html = get_template("components/product-card.html"), ""
    for language in LANGUAGES:
        with translation.override(language):
            html += card.render({"card": face, "heading": "h2"}) + card.render({"card": {**face, "available": None}})
    return hashlib.sha256(html.encode()).hexdigest()


def pages_of(ids: Iterable[int]) -> list[int]:
    """The products whose cards these products stand on: itself, the parent of a pack, combos that hold either."""
    wanted = set(ids)
    product = get_model("catalogue", "Product")
    rows = product.objects.filter(pk__in=wanted, structure="child").values_list("pk", "parent_id")
    pages = wanted - {pack for pack, _ in rows} | {parent for _, parent in rows}
    held = Q(components__product__in=wanted) | Q(components__product__parent__in=pages)
    return sorted(
        pages | set(get_model("catalog_bundles", "Combo").objects.filter(held).values_list("product", flat=True))
    )


def goods_cards(ids: Iterable[int], today: dt.date, facets: Facets) -> list[Card]:
    """The cards of those of these products that are public and have a price."""
    wanted = list(ids)
    products = list(_goods().filter(pk__in=wanted))
    shelf = _shelf(products)
    faces = _faces(products, shelf)
    tree = Tree()
    cards = []
    for product in products:
        if product.pk in faces["vi"]:
            cards.append(_goods_card(product, shelf[product.pk], faces, tree, today, facets))
    return cards


def _goods_card(product: Any, goods: Any, faces: Any, tree: Tree, today: dt.date, facets: Facets) -> Card:
    combo = getattr(product, "combo", None)
    kind = "combo" if combo else "product"
    group, kind_of_goods = tree.of(product)
    producer, commune = product.producer, product.commune
    if commune is None and producer is not None:
        commune = producer.commune
    district = product.district
    spans = stars_intervals(product)
    price = min((dong(pack.price) for pack in goods.packs if pack.price is not None), default=None)
    number = document_id(kind, product.pk)
    titles = list(dict.fromkeys(filter(None, (product.title, product.title_en))))
    texts = [*titles, product.registered_name, product.short, product.short_en, *product.keywords.split(",")]
    texts += [each.name for each in (producer, group, kind_of_goods, district) if each is not None]
    texts += [each.name_en for each in (producer, group, kind_of_goods) if each is not None]
    texts += _place_words(commune)
    if district is not None:
        texts.append(district.local_spelling)
    more = [product.description, product.description_en, product.ingredients, product.ingredients_en]
    if combo:
        texts += [combo.occasion, combo.occasion_en, combo.card_text, combo.card_text_en]
        more += [combo.story, combo.story_en]
        for part in combo.components.all():
            texts.append(part.product.get_title())
    for facet, each, english in (
        ("group", group, getattr(group, "name_en", "")),
        ("set", kind_of_goods, getattr(kind_of_goods, "name_en", "")),
        ("producer", producer, getattr(producer, "name_en", "")),
    ):
        if each is not None:
            position = getattr(each, "number", None) or 0
            facets[facet, each.slug] = (each.name, english, position)
    for facet, each in (("district", district), ("commune", commune)):
        if each is not None:
            facets[facet, each.code] = (each.short_name, "", 0)
    return Card(
        id=number,
        kind=kind,
        object_id=product.pk,
        path=f"/qua-tang/{product.slug}/" if combo else f"/san-pham/{product.slug}/",
        title_vi=product.title,
        title_en=product.title_en,
        place=commune.short_name if commune else "",
        html_vi=faces["vi"][product.pk],
        html_en=faces["en"].get(product.pk, faces["vi"][product.pk]),
        spans=[[span.start.isoformat(), span.end.isoformat(), span.stars] for span in spans],
        title=padded(analysis.indexed(*titles)),
        text=padded(analysis.indexed(*dict.fromkeys(filter(None, texts)))),
        glued=padded(analysis.joined(*texts)),
        more=padded(analysis.indexed(*filter(None, more))),
        group=group.slug if group else "",
        set=kind_of_goods.slug if kind_of_goods else "",
        producer=producer.slug if producer else "",
        district=district.code if district else "",
        commune=commune.code if commune else "",
        stock="1" if goods.available > 0 else "0",
        price=price,
        months=padded(" ".join(str(month) for month in product.season_months) or "all"),
        stars_on=padded(stars_terms(spans, today)),
        **sort_keys(number, price=price, made_on=product.date_created.date()),
    )


# Makers


def producer_ids() -> list[int]:
    return list(_producers().values_list("pk", flat=True))


def _producers() -> QuerySet[Any]:
    producer = get_model("catalog_producers", "Producer")
    return (
        producer.objects.filter(is_active=True, is_placeholder=False)
        .select_related("commune__historic_district")
        .prefetch_related("commune__aliases", "commune__predecessors")
        .order_by("pk")
    )


def producer_cards(ids: Iterable[int], today: dt.date, facets: Facets) -> list[Card]:
    cards = []
    for producer in _producers().filter(pk__in=list(ids)):
        commune = producer.commune
        district = commune.historic_district if commune else None
        number = document_id("producer", producer.pk)
        titles = list(dict.fromkeys(filter(None, (producer.name, producer.name_en))))
        texts = [*titles, *_place_words(commune)]
        if district is not None:
            texts += [district.name, district.local_spelling]
            facets["district", district.code] = (district.short_name, "", 0)
        if commune is not None:
            facets["commune", commune.code] = (commune.short_name, "", 0)
        cards.append(
            Card(
                id=number,
                kind="producer",
                object_id=producer.pk,
                path=f"/nha-san-xuat/{producer.slug}/",
                title_vi=producer.name,
                title_en=producer.name_en,
                place=commune.short_name if commune else "",
                title=padded(analysis.indexed(*titles)),
                text=padded(analysis.indexed(*dict.fromkeys(filter(None, texts)))),
                glued=padded(analysis.joined(*texts)),
                more=padded(analysis.indexed(producer.about, producer.about_en)),
                producer=producer.slug,
                district=district.code if district else "",
                commune=commune.code if commune else "",
                **sort_keys(number, price=None, made_on=today),
            )
        )
    return cards


# Whatever else is registered


def _entry_card(kind: str, entry: Entry) -> Card:
    number = document_id(kind, entry.object_id)
    titles = [title for title in (entry.title_vi, entry.title_en) if title]
    return Card(
        id=number,
        kind=kind,
        object_id=entry.object_id,
        path=entry.path,
        title_vi=entry.title_vi,
        title_en=entry.title_en,
        place=entry.place,
        title=padded(analysis.indexed(*titles)),
        text=padded(analysis.indexed(*titles, *entry.text)),
        glued=padded(analysis.joined(*titles, *entry.text)),
        more=padded(analysis.indexed(*entry.more)),
        **sort_keys(number, price=None, made_on=entry.made_on),
    )


# Writing

SHOWN = [field.name for field in Card._meta.concrete_fields if field.name != "id"]
DOCUMENT_FIELDS = [field.name for field in fields(Document)]
BATCH = 200


def build(kind: str, ids: Iterable[int], today: dt.date) -> tuple[list[Card], list[int]]:
    """Write the cards of these things anew. Returns them, and the numbers of those that are no longer shown."""
    wanted = list(ids)
    facets: Facets = {}
    if kind in GOODS:
        cards = goods_cards(wanted, today, facets)
    elif kind == "producer":
        cards = producer_cards(wanted, today, facets)
    else:
        cards = [_entry_card(kind, entry) for entry in builders[kind](wanted)] if kind in builders else []
    labels = [
        FacetValue(facet=facet, value=value, label_vi=vi, label_en=en, position=position)
        for (facet, value), (vi, en, position) in facets.items()
    ]
    kinds = GOODS if kind in GOODS else (kind,)
    stale = Card.objects.filter(kind__in=kinds, object_id__in=wanted).exclude(id__in=[card.id for card in cards])
    with transaction.atomic():  # Drawing the cards took its time; writing them takes none.
        Card.objects.bulk_create(cards, update_conflicts=True, unique_fields=["id"], update_fields=SHOWN)
        FacetValue.objects.bulk_create(
            labels,
            update_conflicts=True,
            unique_fields=["facet", "value"],
            update_fields=["label_vi", "label_en", "position"],
        )
        gone = list(stale.values_list("id", flat=True))
        stale.delete()
    return cards, gone


def document_of(card: Card) -> Document:
    values = {name: getattr(card, name) for name in DOCUMENT_FIELDS}
    for name in ("title", "text", "glued", "more", "months", "stars_on"):
        values[name] = values[name].strip()
    return Document(**values)


def documents(cards: Iterable[Card] | None = None) -> Iterator[Document]:
    """All cards as an engine stores them, in the order of their numbers."""
    if cards is None:
        wanted = Card.objects.only(*DOCUMENT_FIELDS).order_by("id")
        cards = wanted.iterator(chunk_size=1000)
    for card in cards:
        yield document_of(card)


def everything() -> dict[str, list[int]]:
    """The ids of all that may be found, by kind; goods of both kinds stand under "product"."""
    found = {"product": goods_ids(), "producer": producer_ids()}
    found.update({kind: ids() for kind, ids in sources.items()})
    return found
