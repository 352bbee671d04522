"""Reads for the desk, always within one producer."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from catalog.pictures.selectors import main_pictures
from catalog.products.selectors import goods_of_producer, groups_with_sets, set_examples
from kernel.actors import Actor
from kernel.money import dong
from marketplace.desk.errors import RevisionNotFound
from marketplace.desk.models import Invitation, ListingRevision, ProducerMember
from marketplace.inventory import selectors as inventory
from marketplace.sellers.selectors import price_floors, records_of

# The names of a listing's fields, as the form and the office's answer say them.
FIELD_LABELS = {
    "title": _("Name, as on the label"),
    "short": _("In one line"),
    "description": _("The story of it"),
    "set_number": _("Kind of goods"),
    "pack": _("Pack size"),
    "net_g": _("Grams"),
    "net_ml": _("Millilitres"),
    "shelf_life_days": _("Keeps for (days)"),
    "storage": _("How to keep it"),
    "usage": _("How to use it"),
    "ingredients": _("What is in it"),
    "allergens": _("Allergens"),
    "abv_percent": _("Alcohol, % by volume"),
}


@dataclass(frozen=True)
class Desk:
    """Who works here, for whom, as which actor."""

    member: ProducerMember
    producer: Any
    partner: Any
    actor: Actor


def memberships(user: Any) -> QuerySet[ProducerMember]:
    rows = ProducerMember.objects.filter(user=user, is_active=True, producer__is_active=True)
    return rows.select_related("producer", "producer__commune", "producer__partner").order_by("pk")


def desk_of(actor: Actor, chosen: int | None) -> Desk | None:
    """The desk this person works at: the chosen one of his, else the first. None for everybody else."""
    rows = list(memberships(actor.user))
    member = next((row for row in rows if row.producer_id == chosen), rows[0] if rows else None)
    if member is None:
        return None
    producer = member.producer
    roles = actor.roles | {f"producer:{producer.slug}"}
    return Desk(member, producer, getattr(producer, "partner", None), replace(actor, roles=roles))


@dataclass(frozen=True)
class Goods:
    """One pack on the desk's shelf."""

    product: Any
    owner: Any
    price: int | None
    on_hand: int
    free: int
    location_id: int | None
    picture: Any = None
    floor: int | None = None


def shelf(desk: Desk) -> list[Goods]:
    """Everything of this producer that has a price, with what lies in his own store."""
    owners = list(goods_of_producer(desk.producer.pk))
    records = [r for r in records_of([p.pk for p in owners]) if r.price is not None]
    rows = {}
    if desk.partner:
        rows = {row.product_id: row for row in inventory.stock_of_partner(desk.partner.pk)}
    pictures = main_pictures([p.pk for p in owners])
    floors = price_floors(r.product_id for r in records)
    goods = []
    for record in records:
        product = record.product
        owner = product.parent if product.parent_id else product
        row = rows.get(product.pk)
        goods.append(
            Goods(
                product,
                owner,
                dong(record.price),
                row.on_hand if row else 0,
                row.free if row else 0,
                row.location_id if row else None,
                pictures.get(owner.pk),
                floors.get(product.pk),
            )
        )
    return sorted(goods, key=lambda g: (g.owner.title, g.product.pk))


def pack_of(desk: Desk, product_id: int) -> Goods | None:
    """One pack of this producer; somebody else's is None."""
    return next((goods for goods in shelf(desk) if goods.product.pk == product_id), None)


def product_of(desk: Desk, product_id: int) -> Any:
    return next((p for p in goods_of_producer(desk.producer.pk) if p.pk == product_id), None)


def revisions_of(desk: Desk) -> QuerySet[ListingRevision]:
    return ListingRevision.objects.filter(producer=desk.producer).select_related("product", "producer")


def revision_get(desk: Desk, key: str) -> ListingRevision:
    """Raises: RevisionNotFound, also for another producer's."""
    found = revisions_of(desk).filter(key=key).first()
    if found is None:
        raise RevisionNotFound
    return found


def waiting() -> QuerySet[ListingRevision]:
    """The office's queue, oldest first."""
    rows = ListingRevision.objects.filter(state=ListingRevision.State.SUBMITTED)
    return rows.select_related("producer", "product", "author").order_by("submitted_at", "pk")


def revision_for_office(pk: int) -> ListingRevision:
    """Raises: RevisionNotFound."""
    found = ListingRevision.objects.select_related("producer", "product", "author").filter(pk=pk).first()
    if found is None:
        raise RevisionNotFound
    return found


def invitations() -> QuerySet[Invitation]:
    return Invitation.objects.select_related("producer", "point", "created_by", "used_by")


def invitation_open(key: str) -> Invitation | None:
    found = invitations().filter(key=key).first()
    return found if found and found.is_open else None


def sets_for_form() -> list[tuple[Any, list[Any]]]:
    """[(group, [set, …]), …] in the order of the decision."""
    return groups_with_sets()


def prefills() -> dict[int, dict[str, Any]]:
    """{set number: the shelf life and storage most goods of that set have}."""
    found: dict[int, dict[str, Counter]] = {}
    for number, days, storage in set_examples():
        counts = found.setdefault(number, {"shelf_life_days": Counter(), "storage": Counter()})
        if days:
            counts["shelf_life_days"][days] += 1
        if storage:
            counts["storage"][storage] += 1
    return {
        number: {name: count.most_common(1)[0][0] for name, count in counts.items() if count}
        for number, counts in found.items()
    }
