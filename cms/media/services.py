"""Pictures into the CMS: uploads of editors and drawings of our own."""

from typing import BinaryIO

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.storage import default_storage

from cms.media.models import CmsImage
from kernel import pagecache
from kernel.pictures.domain import Fault
from kernel.pictures.errors import PictureRefused
from kernel.pictures.services import picture_add, picture_draw, picture_render
from kernel.text import nfc, slugify_vi

WIDTHS = (400, 800, 1600)
DRAWN_WIDTHS = (400,)


def upload_clean(*, file: BinaryIO, title: str, alt: str = "") -> tuple[object, ContentFile]:
    """Check an upload, make its sizes, and give the picture with a copy that is safe to serve.

    Raises: PictureRefused.
    """
    picture = picture_add(file=file, kind="page", alt_vi=alt)
    if not picture_render(picture_id=picture.pk):
        picture.refresh_from_db()
        raise PictureRefused(Fault(picture.fault))
    picture.refresh_from_db()
    return picture, ContentFile(_largest(picture), name=_name(title))


def image_draw(
    *, svg: str, title: str, alt: str, shape: tuple[int, int] = (16, 9), widths: tuple[int, ...] = DRAWN_WIDTHS
) -> CmsImage:
    """Take in a drawing of our own with its first sizes; the worker makes the rest (`tasks.enlarge_drawing`).

    The same drawing with the same words gives the same image.
    """
    picture = picture_draw(svg=svg, kind="scene", alt_vi=alt, shape=shape, queue=False)
    known = CmsImage.objects.filter(picture=picture).first()
    if known:
        return known
    picture_render(picture_id=picture.pk, widths=widths)
    picture.refresh_from_db()
    image = CmsImage(title=nfc(title)[:255], description=nfc(alt)[:255], picture=picture)
    image.file = ImageFile(ContentFile(_largest(picture)), name=_name(title))
    image._set_image_file_metadata()
    image.save()
    return image


def enlarge(*, picture_id: int) -> None:
    """All sizes of a drawing, the widest included; safe to run twice."""
    picture_render(picture_id=picture_id, widths=WIDTHS)
    pagecache.bump()


def _largest(picture) -> bytes:  # type: ignore[no-untyped-def]
    with default_storage.open(picture.path(max(picture.widths), "jpg"), "rb") as file:
        return file.read()


def _name(title: str) -> str:
    return (slugify_vi(title)[:60] or "anh") + ".jpg"
