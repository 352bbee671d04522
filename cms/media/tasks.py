"""The widest size of drawings follows from the worker; the others are there at once."""

from cms.media.services import enlarge
from kernel.jobs import retrying_task


@retrying_task
def enlarge_drawing(picture_id: int) -> None:
    enlarge(picture_id=picture_id)
