"""Members and invitations."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from kernel import clock
from kernel.actors import SYSTEM, Actor
from kernel.audit import services as audit
from kernel.policies import require
from kernel.text import nfc
from marketplace.accounts.signals import person_invited
from marketplace.desk.errors import ConsentMissing, InvitationGone
from marketplace.desk.models import Invitation, ProducerMember
from marketplace.desk.policies import can_rule
from marketplace.points import services as points

DAYS = 14


@transaction.atomic
def member_add(
    *, actor: Actor, user: Any, producer: Any, role: str, consent_by: str = "", consent_note: str = ""
) -> ProducerMember:
    """Let somebody work at a producer's desk. Raises: NotPermitted, ConsentMissing."""
    require(can_rule(actor))
    if role == ProducerMember.Role.AGENT and not consent_by:
        raise ConsentMissing
    consent = {"consent_by": consent_by, "consent_note": consent_note, "consent_at": clock.now()}
    member, _ = ProducerMember.objects.update_or_create(
        user=user,
        producer=producer,
        defaults={"role": role, "is_active": True, **(consent if role == ProducerMember.Role.AGENT else {})},
    )
    audit.record(actor, "desk.member.added", member, new={"user": user.pk, "producer": producer.slug, "role": role})
    return member


@transaction.atomic
def member_end(*, actor: Actor, member_id: int) -> None:
    """Raises: NotPermitted."""
    require(can_rule(actor))
    member = ProducerMember.objects.filter(pk=member_id, is_active=True).first()
    if member:
        ProducerMember.objects.filter(pk=member.pk).update(is_active=False)
        audit.record(actor, "desk.member.ended", member)


@transaction.atomic
def invite(*, actor: Actor, kind: str, **fields: Any) -> Invitation:
    """Make an invitation that holds for two weeks. Raises: NotPermitted, ConsentMissing."""
    require(can_rule(actor))
    if kind == Invitation.Kind.AGENT and not fields.get("consent_by"):
        raise ConsentMissing
    cleaned = {name: nfc(value).strip() if isinstance(value, str) else value for name, value in fields.items()}
    made = Invitation.objects.create(
        kind=kind, created_by=actor.user, expires_at=clock.now() + timedelta(days=DAYS), **cleaned
    )
    audit.record(actor, "desk.invitation.made", made, new={"kind": kind, "name": made.name})
    return made


def invitation_revoke(*, actor: Actor, invitation_id: int) -> None:
    """Raises: NotPermitted."""
    require(can_rule(actor))
    found = Invitation.objects.filter(pk=invitation_id, used_at=None).first()
    if found and not found.is_revoked:
        Invitation.objects.filter(pk=found.pk).update(is_revoked=True)
        audit.record(actor, "desk.invitation.revoked", found)


@transaction.atomic
def invitation_take(*, actor: Actor, key: str) -> Invitation:
    """The signed-in person takes the invitation: once, in time, and only with the invited number.

    Raises: InvitationGone.
    """
    user = actor.user
    open_ones = Invitation.objects.filter(key=key, used_at=None, is_revoked=False, expires_at__gt=clock.now())
    found = open_ones.select_related("producer", "point").first()
    if found is None or (found.phone and found.phone != user.phone):
        raise InvitationGone
    if not open_ones.filter(pk=found.pk).update(used_at=clock.now(), used_by=user):
        raise InvitationGone
    if found.kind in ProducerMember.Role.values and found.producer:
        member_add(
            actor=SYSTEM,
            user=user,
            producer=found.producer,
            role=found.kind,
            consent_by=found.consent_by,
            consent_note=found.consent_note,
        )
    elif found.kind == Invitation.Kind.CLERK and found.point:
        points.clerk_add(actor=SYSTEM, user=user, point=found.point)
    person_invited.send(sender=Invitation, kind=found.kind, user=user, name=found.name)
    if found.name and not user.full_name:
        user.full_name = found.name
        user.save(update_fields=["full_name"])
    audit.record(actor, "desk.invitation.taken", found)
    return found
