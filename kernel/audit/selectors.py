"""Reading the audit trail."""

from django.db.models import QuerySet

from kernel.audit.models import AuditEntry


def entries(*, verb: str = "", object_type: str = "", object_id: str = "") -> QuerySet[AuditEntry]:
    """Newest first, narrowed by the beginning of the verb or by the object."""
    rows = AuditEntry.objects.select_related("user")
    if verb:
        rows = rows.filter(verb__startswith=verb)
    if object_type:
        rows = rows.filter(object_type=object_type)
    if object_id:
        rows = rows.filter(object_id=object_id)
    return rows.order_by("-id")
