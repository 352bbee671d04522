"""Opening sales points and letting clerks in."""

from typing import Any

from django.db import transaction

from kernel import pagecache
from kernel.actors import Actor
from kernel.audit import services as audit
from kernel.policies import require
from kernel.text import slugify_vi
from marketplace.inventory import services as inventory
from marketplace.points.models import PointMember, SalesPoint


def can_rule(actor: Actor) -> bool:
    return actor.has_role("office", "administrators")


@transaction.atomic
def point_open(*, actor: Actor, name: str, address: str, hours: str, **fields: Any) -> SalesPoint:
    """A new point with a place of its own where its goods are counted. Raises: NotPermitted."""
    require(can_rule(actor))
    slug = fields.pop("slug", "") or slugify_vi(name)[:80]
    known = SalesPoint.objects.filter(slug=slug).first()
    if known:
        return known
    location = inventory.location_create(
        actor=actor, name=name, kind="showroom", sells_online=False, code=f"diem-{slug}"[:60]
    )
    point = SalesPoint.objects.create(
        slug=slug, name=name, address=address, hours=hours, location_id=location.pk, **fields
    )
    audit.record(actor, "points.point.opened", point)
    pagecache.bump()
    return point


@transaction.atomic
def clerk_add(*, actor: Actor, user: Any, point: SalesPoint) -> PointMember:
    """Raises: NotPermitted."""
    require(can_rule(actor))
    member, _ = PointMember.objects.update_or_create(user=user, point=point, defaults={"is_active": True})
    audit.record(actor, "points.clerk.added", member, new={"user": user.pk, "point": point.slug})
    return member
