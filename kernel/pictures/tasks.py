"""Sizes are made by the worker, never while a visitor waits."""

from kernel.jobs import retrying_task
from kernel.pictures.services import picture_render


@retrying_task
def render_picture(picture_id: int) -> None:
    """All sizes of one picture."""
    picture_render(picture_id=picture_id)
