"""Making short links, counting people's clicks, and what came of them."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from kernel import clock
from kernel.actors import Actor
from kernel.audit import services as audit
from kernel.policies import require
from kernel.text import nfc
from marketplace.links.models import LinkDay, LinkOutcome, ShareLink
from marketplace.links.selectors import target_of

PREFIX = "link:"
COOKIE = "ocop_ref"


@transaction.atomic
def link_make(*, actor: Actor, kind: str, target_id: int, label: str = "") -> ShareLink:
    """A short link to something of ours. Raises: NotPermitted, LinkTargetGone."""
    require(actor.is_authenticated)
    title = target_of(kind, target_id).title
    made = ShareLink.objects.create(
        kind=kind, target_id=target_id, title=title[:200], label=nfc(label).strip()[:60], owner=actor.user
    )
    audit.record(actor, "links.link.made", made, new={"kind": kind, "target": target_id})
    return made


def link_end(*, actor: Actor, link: ShareLink) -> None:
    """Raises: NotPermitted."""
    require(link.owner_id == getattr(actor.user, "pk", None) or actor.has_role("office"))
    ShareLink.objects.filter(pk=link.pk).update(is_active=False)
    audit.record(actor, "links.link.ended", link)


def click_count(*, link: ShareLink) -> None:
    """One more person came today."""
    days = LinkDay.objects.filter(link=link, day=clock.today())
    if days.update(clicks=F("clicks") + 1):
        return
    try:
        with transaction.atomic():
            LinkDay.objects.create(link=link, day=clock.today(), clicks=1)
    except IntegrityError:
        days.update(clicks=F("clicks") + 1)


def outcome_note(*, ref: str, kind: str, reference: Any, amount: int = 0) -> None:
    """A basket or an order that a link brought. Safe to repeat."""
    if not ref.startswith(PREFIX):
        return
    link = ShareLink.objects.filter(code=ref.removeprefix(PREFIX)).first()
    if link is not None:
        LinkOutcome.objects.get_or_create(
            kind=kind, reference=str(reference)[:40], defaults={"link": link, "amount": amount}
        )
