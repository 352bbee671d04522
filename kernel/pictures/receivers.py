"""A file that came in goes to the worker."""

from typing import Any

from django.dispatch import receiver

from kernel.pictures.signals import picture_added
from kernel.pictures.tasks import render_picture


@receiver(picture_added)
def queue_sizes(sender: Any, picture_id: int, **kwargs: Any) -> None:
    render_picture.enqueue(picture_id=picture_id)
