"""Writing producers and their papers."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction

from catalog.producers.domain import MANDATORY
from catalog.producers.models import Producer, ProducerPaper
from catalog.producers.policies import can_edit_producers
from catalog.producers.signals import producer_saved
from kernel import pagecache
from kernel.actors import Actor
from kernel.audit import services as audit
from kernel.policies import require
from kernel.text import nfc, slugify_vi

if TYPE_CHECKING:
    from catalog.products.models import Product

PLACEHOLDER = "Người làm chưa ghi"


@transaction.atomic
def producers_ensure(*, actor: Actor, wanted: Mapping[str, Mapping[str, Any]]) -> dict[str, Producer]:
    """The producers of these names, made where missing (`wanted`: name -> columns of a new one).

    The blank name stands for the placeholder of makers the register does not name. Raises NotPermitted.
    """
    require(can_edit_producers(actor))
    named = {name or PLACEHOLDER: columns for name, columns in wanted.items()}
    there = set(Producer.objects.filter(name__in=named).values_list("name", flat=True))
    slugs = set(Producer.objects.values_list("slug", flat=True))
    fresh = []
    for name, columns in named.items():
        if name in there:
            continue
        producer = Producer(name=nfc(name), slug=_free(slugify_vi(name)[:150], slugs), **columns)
        if name == PLACEHOLDER:
            producer.is_placeholder, producer.name_en = True, "Maker not recorded"
        fresh.append(producer)
    Producer.objects.bulk_create(fresh, batch_size=500)
    found = {producer.name: producer for producer in Producer.objects.filter(name__in=named)}
    for producer in fresh:
        audit.record(actor, "producers.producer.created", found[producer.name], new={"name": producer.name})
    if fresh:
        pagecache.bump()
    return {name: found[name or PLACEHOLDER] for name in wanted}


@transaction.atomic
def producer_change(*, actor: Actor, producer: Producer, **columns: Any) -> bool:
    """Write the columns that differ. Returns whether any did. Raises NotPermitted."""
    require(can_edit_producers(actor))
    cleaned = {name: nfc(value).strip() if isinstance(value, str) else value for name, value in columns.items()}
    old = {name: getattr(producer, name) for name, value in cleaned.items() if getattr(producer, name) != value}
    if not old:
        return False
    for name in old:
        setattr(producer, name, cleaned[name])
    producer.save(update_fields=list(old))
    audit.record(
        actor,
        "producers.producer.changed",
        producer,
        old={name: str(value) for name, value in old.items()},
        new={name: str(cleaned[name]) for name in old},
    )
    pagecache.bump()
    transaction.on_commit(lambda: producer_saved.send_robust(sender=Producer, producer_id=producer.pk))
    return True


@transaction.atomic
def paper_add(
    *,
    actor: Actor,
    producer: Producer,
    kind: str,
    product: "Product | None" = None,
    number: str = "",
    issued_on: date | None = None,
    valid_to: date | None = None,
    file: str = "",
) -> ProducerPaper:
    """Record a paper of a producer or of one product. A renewed paper is a new row. Raises NotPermitted."""
    require(can_edit_producers(actor))
    paper = ProducerPaper.objects.create(
        producer=producer,
        product=product,
        kind=kind,
        number=nfc(number).strip(),
        issued_on=issued_on,
        valid_to=valid_to,
        mandatory=kind in MANDATORY,
        file=file,
    )
    audit.record(actor, "producers.paper.added", paper, new={"kind": kind, "valid_to": str(valid_to or "")})
    pagecache.bump()
    transaction.on_commit(lambda: producer_saved.send_robust(sender=Producer, producer_id=producer.pk))
    return paper


def lapsed_papers_announce(*, day: date) -> int:
    """Announce the producers with a mandatory paper whose last day was yesterday. Safe to repeat."""
    lapsed = ProducerPaper.objects.filter(mandatory=True, valid_to=day - timedelta(days=1))
    producer_ids = sorted(set(lapsed.values_list("producer_id", flat=True)))
    for producer_id in producer_ids:
        producer_saved.send_robust(sender=Producer, producer_id=producer_id)
    return len(producer_ids)


def _free(stem: str, taken: set[str]) -> str:
    slug, number = stem or "nha-san-xuat", 2
    while slug in taken:
        slug, number = f"{stem}-{number}", number + 1
    taken.add(slug)
    return slug
