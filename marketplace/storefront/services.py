"""What other parts tell the storefront: stories, new addresses; and what it works out beforehand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import translation

from catalog.products import selectors as products
from kernel import pagecache
from marketplace.storefront.domain import SPIRITS_ABV
from marketplace.storefront.models import Aside, FormerSlug
from traceability.lots import selectors as lots
from traceability.passports.selectors import passport_of

RELATED_KEPT = 8


@dataclass(frozen=True)
class Story:
    """A page that tells about a product. `page` is its id over there, `picture` an address or empty."""

    page: int
    title: str
    url: str
    text: str = ""
    title_en: str = ""
    url_en: str = ""
    text_en: str = ""
    picture: str = ""


@transaction.atomic
def story_put(*, story: Story, product_ids: Iterable[int]) -> None:
    """A story was published: show it on these products and no longer on others."""
    wanted = set(product_ids)
    entry = asdict(story)
    for aside in Aside.objects.select_for_update().filter(Q(product_id__in=wanted) | ~Q(stories=[])):
        kept = [s for s in aside.stories if s["page"] != story.page]
        if aside.product_id in wanted:
            kept.append(entry)
            wanted.discard(aside.product_id)
        if kept != aside.stories:
            aside.stories = kept
            aside.save(update_fields=["stories", "updated_at"])
    for product_id in sorted(wanted):
        Aside.objects.create(product_id=product_id, stories=[entry])
    pagecache.bump()


def story_drop(*, page: int) -> None:
    """A story was taken down."""
    for aside in Aside.objects.exclude(stories=[]):
        kept = [s for s in aside.stories if s["page"] != page]
        if kept != aside.stories:
            Aside.objects.filter(pk=aside.pk).update(stories=kept)
    pagecache.bump()


def former_slug_keep(*, kind: str, slug: str, target_id: int, now: str) -> None:
    """Remember the address that was given up; the present address of anything is never a former one."""
    FormerSlug.objects.filter(kind=kind, slug=now).delete()
    FormerSlug.objects.update_or_create(kind=kind, slug=slug, defaults={"target_id": target_id})


def related_refresh() -> int:
    """Work out for every product what goes with it: same kind or same set, other makers first, no spirits.

    Returns how many rows changed. Runs on the worker's timer and at the end of the seed.
    """
    goods = list(
        products.pages()
        .filter(combo=None)
        .order_by("pk")
        .values_list("pk", "set_number", "kind", "producer_id", "commune_id", "abv_percent")
    )
    pools = Pools(goods)
    known = {aside.product_id: aside for aside in Aside.objects.all()}
    fresh, changed = [], []
    for place, row in enumerate(goods):
        related = pools.related_to(row, place)
        aside = known.get(row[0])
        if aside is None:
            fresh.append(Aside(product_id=row[0], related=related))
        elif aside.related != related:
            aside.related = related
            changed.append(aside)
    Aside.objects.bulk_create(fresh, batch_size=500)
    Aside.objects.bulk_update(changed, ["related"], batch_size=500)
    if fresh or changed:
        pagecache.bump()
    return len(fresh) + len(changed)


def chains_refresh(gtins: Iterable[str] | None = None) -> int:
    """Write down the way of the lot that is sent next, for the product page. Returns how many products changed."""
    wanted = None if gtins is None else {gtin.zfill(14) for gtin in gtins}
    owners = {gtin.zfill(14): owner for gtin, owner in products.gtins() if wanted is None or gtin.zfill(14) in wanted}
    asides = {aside.product_id: aside for aside in Aside.objects.filter(product_id__in=set(owners.values()))}
    first: dict[str, Any] = {}
    for lot in lots.fit_lots(owners):
        first.setdefault(lot.gtin, lot)
    changed = set()
    for gtin, owner in owners.items():
        aside = asides.setdefault(owner, Aside(product_id=owner))
        known = aside.chains.get(gtin)
        now = first.get(gtin)
        if now is None:
            if aside.chains.pop(gtin, None) is not None:
                changed.add(owner)
        elif known is None or known["lot"] != now.code:
            aside.chains[gtin] = {"lot": now.code, **{language: _chain(now, language) for language in ("vi", "en")}}
            changed.add(owner)
    for owner in sorted(changed):
        asides[owner].save()
    if changed:
        pagecache.bump()
    return len(changed)


def _chain(lot: Any, language: str) -> list[dict[str, str]]:
    """Five steps at most: where it grew, the last two things done with it, the test, the packing."""
    with translation.override(language):
        steps = [step for step in passport_of(lot, language).steps if not step.cut]
    origin = [step for step in steps if step.kind in ("harvest", "source")][:1]
    made = [step for step in steps if step.kind == "process"][-2:]
    after = [step for step in steps if step.kind in ("test", "pack")][-2:]
    return [{"title": s.title, "when": s.when, "text": s.text, "lang": s.lang} for s in (*origin, *made, *after)]


class Pools:
    """Goods without spirits, by kind, set and commune; at most so many of each as anybody looks at."""

    MOST = 400

    def __init__(self, goods: list[tuple[Any, ...]]) -> None:
        sober = [row for row in goods if row[5] is None or row[5] < SPIRITS_ABV]
        self.all = sober[: self.MOST]
        self.kind: dict[Any, list[tuple[Any, ...]]] = {}
        self.set: dict[Any, list[tuple[Any, ...]]] = {}
        self.commune: dict[Any, list[tuple[Any, ...]]] = {}
        for row in sober:
            for pools, key in ((self.set, row[1]), (self.kind, row[2]), (self.commune, row[4])):
                pool = pools.setdefault(key, [])
                if key is not None and len(pool) < self.MOST:
                    pool.append(row)

    def related_to(self, row: tuple[Any, ...], place: int) -> list[int]:
        """Up to eight ids: half of the same kind by other makers, the rest from the same place or set."""
        same_kind = [other for other in self.kind.get(row[2], []) if other[3] != row[3]]
        chosen = _pick(same_kind, RELATED_KEPT // 2, [row[0]], place)
        chosen += _pick(self.commune.get(row[4], []), RELATED_KEPT // 4, [row[0], *chosen], place)
        chosen += _pick(self.set.get(row[1], []), RELATED_KEPT - len(chosen), [row[0], *chosen], place)
        chosen += _pick(self.all, RELATED_KEPT - len(chosen), [row[0], *chosen], place)
        return chosen


def _pick(pool: list[tuple[Any, ...]], wanted: int, taken: list[int], place: int) -> list[int]:
    """The next `wanted` of a pool that are not taken, beginning at a place of its own for each product."""
    found: list[int] = []
    start = place % len(pool) if pool else 0
    for other in pool[start:] + pool[:start]:
        if len(found) == wanted:
            break
        if other[0] not in taken:
            found.append(other[0])
    return found
