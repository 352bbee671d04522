"""Writing the audit trail, in the transaction of the act itself."""

from django.db.models import Model

from kernel.actors import Actor
from kernel.audit.models import AuditEntry


def record(
    actor: Actor,
    verb: str,
    obj: Model,
    old: dict[str, object] | None = None,
    new: dict[str, object] | None = None,
) -> AuditEntry:
    """Add one line. `verb` is dotted and past tense: "certification.certificate.revoked"."""
    return AuditEntry.objects.create(
        user=actor.user,
        actor=actor.label,
        verb=verb,
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
        old=old,
        new=new,
    )
