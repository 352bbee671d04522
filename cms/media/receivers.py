"""A picture that was changed shows on every page at once."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from cms.media.models import CmsImage
from kernel import pagecache


@receiver([post_save, post_delete], sender=CmsImage)
def renew(sender: Any, created: bool = False, **kwargs: Any) -> None:
    if not created:
        pagecache.bump()
