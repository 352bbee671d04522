"""Listing goods: drafts, what waits for the office, what it answered; price and stock without review."""

from typing import Any, BinaryIO

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction

from catalog.pictures.services import gallery_set
from catalog.products import selectors as products_read
from catalog.products import services as products
from kernel import clock
from kernel.actors import SYSTEM, Actor
from kernel.audit import services as audit
from kernel.gs1 import gtin14, make_gtin13
from kernel.pictures.services import picture_add
from kernel.policies import require
from kernel.text import nfc
from marketplace.desk.domain import FIELDS, PICTURES_MAX, diff
from marketplace.desk.errors import NoPictures, RevisionMoved, RevisionNotFound
from marketplace.desk.models import ListingRevision
from marketplace.desk.policies import can_rule, can_work
from marketplace.inventory import selectors as stock_read
from marketplace.inventory import services as stock
from marketplace.sellers.services import price_floor_set, price_set, seller_open

State = ListingRevision.State
EDITABLE = (State.DRAFT, State.RETURNED)
PHOTO = "desk.photo"
ITEM_BASE = 5_000_000


def picture_keep(*, actor: Actor, producer: Any, file: BinaryIO) -> tuple[int, str]:
    """Take in one photo; returns its id and a token that lets this producer's forms use it.

    Raises: NotPermitted, PictureRefused.
    """
    require(can_work(actor, producer.slug))
    picture = picture_add(file=file, kind="product", alt_vi=producer.name)
    return picture.pk, signing.dumps([producer.pk, picture.pk], salt=PHOTO)


def pictures_of(producer: Any, tokens: list[str]) -> list[int]:
    """The pictures behind the tokens of a form, foreign and broken ones left out."""
    found: list[int] = []
    for token in tokens[: PICTURES_MAX * 2]:
        try:
            owner, pk = signing.loads(token, salt=PHOTO)
        except (signing.BadSignature, ValueError, TypeError):
            continue
        if owner == producer.pk and pk not in found:
            found.append(pk)
    return found[:PICTURES_MAX]


def token_of(producer: Any, picture_id: int) -> str:
    return signing.dumps([producer.pk, picture_id], salt=PHOTO)


@transaction.atomic
def listing_save(
    *,
    actor: Actor,
    producer: Any,
    data: dict[str, Any],
    pictures: list[int],
    product: Any = None,
    revision: ListingRevision | None = None,
    price: int | None = None,
    quantity: int | None = None,
) -> ListingRevision:
    """Keep a draft; nothing public changes. Raises: NotPermitted, RevisionMoved."""
    require(can_work(actor, producer.slug))
    cleaned = {name: _clean(data.get(name)) for name in FIELDS if name in data}
    values = {
        "data": cleaned,
        "base": values_of(product) if product else {},
        "pictures": pictures[:PICTURES_MAX],
        "price": price,
        "quantity": quantity,
        "state": State.DRAFT,
        "author": actor.user,
    }
    if revision is None:
        return ListingRevision.objects.create(producer=producer, product=product, **values)
    if not ListingRevision.objects.filter(pk=revision.pk, state__in=EDITABLE).update(**values):
        raise RevisionMoved(state=revision.get_state_display())
    revision.refresh_from_db()
    return revision


@transaction.atomic
def listing_submit(*, actor: Actor, revision: ListingRevision) -> ListingRevision:
    """Send a draft to the office. A change that waits already is taken back first.

    Raises: NotPermitted, NoPictures, RevisionMoved.
    """
    require(can_work(actor, revision.producer.slug))
    if not revision.pictures:
        raise NoPictures
    if revision.product_id:
        waiting = ListingRevision.objects.filter(product_id=revision.product_id, state=State.SUBMITTED)
        waiting.exclude(pk=revision.pk).update(state=State.WITHDRAWN)
    _move(actor, revision, State.SUBMITTED, EDITABLE, submitted_at=clock.now(), answers={}, note="")
    return revision


def listing_withdraw(*, actor: Actor, revision: ListingRevision) -> None:
    """Raises: NotPermitted, RevisionMoved."""
    require(can_work(actor, revision.producer.slug))
    _move(actor, revision, State.WITHDRAWN, (*EDITABLE, State.SUBMITTED))


@transaction.atomic
def listing_return(*, actor: Actor, revision_id: int, answers: dict[str, str], note: str = "") -> ListingRevision:
    """Send it back, field by field. Raises: NotPermitted, RevisionNotFound, RevisionMoved."""
    require(can_rule(actor))
    revision = _get(revision_id)
    kept = {name: nfc(text).strip()[:300] for name, text in answers.items() if text.strip()}
    decided = {"decided_by": actor.user, "decided_at": clock.now()}
    _move(actor, revision, State.RETURNED, (State.SUBMITTED,), answers=kept, note=nfc(note).strip()[:500], **decided)
    return revision


@transaction.atomic
def listing_approve(*, actor: Actor, revision_id: int) -> Any:
    """Make the change live; returns the product. Raises: NotPermitted, RevisionNotFound, RevisionMoved."""
    require(can_rule(actor))
    revision = _get(revision_id)
    decided = {"decided_by": actor.user, "decided_at": clock.now()}
    old, new = revision.base, revision.data
    _move(actor, revision, State.APPROVED, (State.SUBMITTED,), old=old, new=new, **decided)
    if revision.product_id:
        product = products_read.by_id(revision.product_id)
        fields = {name: revision.data[name] for name, _, _ in diff(revision.base, revision.data)}
        products.product_change(actor=SYSTEM, product=product, **_typed(fields))
    else:
        product = _create(revision)
        ListingRevision.objects.filter(pk=revision.pk).update(product=product)
    gallery_set(product_id=product.pk, picture_ids=revision.pictures)
    return product


def _create(revision: ListingRevision) -> Any:
    producer = revision.producer
    fields = _typed(dict(revision.data))
    title, number = fields.pop("title"), fields.pop("set_number", None)
    product = products.product_create(
        actor=SYSTEM, title=title, set_number=number, producer=producer, commune=producer.commune, is_public=True,
        unit_price_basis="100 ml" if fields.get("net_ml") else "100 g" if fields.get("net_g") else "", **fields,
    )  # fmt: skip
    gtin = gtin14(make_gtin13(settings.GS1_PREFIX, ITEM_BASE + product.pk))
    products.product_change(actor=SYSTEM, product=product, gtin=gtin)
    partner = seller_open(actor=SYSTEM, producer=producer)
    price_set(actor=SYSTEM, product=product, price=revision.price or 0, partner=partner)
    place = store_of(partner)
    if revision.quantity:
        stock.receive(
            actor=SYSTEM, product_id=product.pk, location_id=place, quantity=revision.quantity,
            reference="listing", key=f"listing:{revision.pk}",
        )  # fmt: skip
    else:
        stock.stock_open(product_id=product.pk, location_id=place)
    return product


def store_of(partner: Any) -> int:
    """The seller's own store, opened when it is missing."""
    own = stock_read.locations_of_partner(partner.pk).first()
    if own is None:
        own = stock.location_create(
            actor=SYSTEM, name=f"Kho {partner.name}"[:160], partner_id=partner.pk, code=f"kho-{partner.code}"[:60]
        )
    return own.pk


def price_change(*, actor: Actor, producer: Any, product: Any, price: int) -> None:
    """A new price holds at once. Raises: NotPermitted."""
    require(can_work(actor, producer.slug))
    price_set(actor=SYSTEM, product=product, price=price)
    audit.record(actor, "desk.price.changed", product, new={"price": price})


def stock_change(*, actor: Actor, producer: Any, product_id: int, location_id: int, counted: int | None) -> int:
    """What was counted; None for "sold out": all that is not promised goes. Returns the count.

    Raises: NotPermitted, StockInUse, BadQuantity.
    """
    require(can_work(actor, producer.slug))
    if counted is None:
        row = next((s for s in stock_read.stock_at(location_id) if s.product_id == product_id), None)
        counted = row.held + row.allotted if row else 0
    stock.recount(actor=actor, product_id=product_id, location_id=location_id, counted=counted, note="desk")
    return counted


def floor_set(*, actor: Actor, producer: Any, product: Any, price: int | None) -> None:
    """The lowest live price; None takes the floor away. Raises: NotPermitted."""
    require(can_work(actor, producer.slug))
    price_floor_set(product=product, price=price)
    audit.record(actor, "desk.floor.set", product, new={"price": price})


def values_of(product: Any) -> dict[str, Any]:
    """What a product says today, as a revision keeps it."""
    return {name: _clean(getattr(product, name)) for name in FIELDS}


def _get(revision_id: int) -> ListingRevision:
    found = ListingRevision.objects.select_related("producer__commune").filter(pk=revision_id).first()
    if found is None:
        raise RevisionNotFound
    return found


def _move(
    actor: Actor, revision: ListingRevision, to: str, allowed: tuple[str, ...], old: Any = None, new: Any = None,
    **columns: Any,
) -> None:  # fmt: skip
    """One guarded update: two people of the office never decide twice."""
    before = revision.state
    try:
        with transaction.atomic():
            moved = ListingRevision.objects.filter(pk=revision.pk, state__in=allowed).update(state=to, **columns)
    except IntegrityError:
        moved = 0
    if not moved:
        revision.refresh_from_db()
        raise RevisionMoved(state=revision.get_state_display())
    revision.refresh_from_db()
    audit.record(actor, f"desk.listing.{to}", revision, old or {"state": before}, new or {"state": to})


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return nfc(value).strip()
    return value if isinstance(value, (int, float, type(None))) else str(value)


def _typed(fields: dict[str, Any]) -> dict[str, Any]:
    """Columns that hold numbers take None, not ''; text columns take '', not None."""
    numbers = {"set_number", "net_g", "net_ml", "shelf_life_days", "abv_percent"}
    return {n: (v if v not in ("", None) else None) if n in numbers else v or "" for n, v in fields.items()}
