"""Take a picture in, and make its sizes."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.db import transaction

from kernel.pictures.codec import Encoded, rasterise, rasterise_many
from kernel.pictures.domain import MAX_BYTES, Fault, HeaderFault, forms_of, inspect
from kernel.pictures.errors import PictureRefused
from kernel.pictures.models import Picture
from kernel.pictures.signals import picture_added, picture_ready
from kernel.text import nfc

DRAWING = "svg"
DRAWING_WIDTHS = (200, 400, 800)
SECONDS = 60
ROOT = Path(__file__).resolve().parents[2]


def picture_add(
    *, file: BinaryIO, kind: str = "product", alt_vi: str = "", alt_en: str = "", illustration: bool = False
) -> Picture:
    """Take in a file from outside: its header is judged now, its pixels later, by the worker.

    Who may add a picture to a thing is the word of the thing's own policy.
    Raises: PictureRefused.
    """
    data = file.read(MAX_BYTES + 1)
    try:
        header = inspect(data)
    except HeaderFault as fault:
        raise PictureRefused(fault.fault) from None
    picture = Picture(
        kind=kind,
        alt_vi=nfc(alt_vi)[:200],
        alt_en=nfc(alt_en)[:200],
        illustration=illustration,
        original_kind=header.kind,
        digest=hashlib.sha256(data).hexdigest(),
        width=header.width,
        height=header.height,
    )
    return _keep(picture, data)


def picture_draw(
    *, svg: str, kind: str, alt_vi: str, alt_en: str = "", shape: tuple[int, int] = (1, 1), queue: bool = True
) -> Picture:
    """Take in a drawing made by our own code; the same drawing gives the same picture. Never for uploads."""
    data = svg.encode()
    digest = hashlib.sha256(data).hexdigest()
    known = Picture.objects.filter(digest=digest, original_kind=DRAWING, kind=kind, alt_vi=nfc(alt_vi)[:200]).first()
    if known:
        return known
    picture = Picture(
        kind=kind,
        alt_vi=nfc(alt_vi)[:200],
        alt_en=nfc(alt_en)[:200],
        illustration=True,
        original_kind=DRAWING,
        digest=digest,
        width=shape[0],
        height=shape[1],
    )
    return _keep(picture, data, queue=queue)


def picture_render(*, picture_id: int, widths: tuple[int, ...] | None = None) -> bool:
    """Make the sizes of one picture; safe to run twice. Says whether it is ready now."""
    picture = Picture.objects.filter(pk=picture_id).first()
    if picture is None or picture.state == Picture.State.REFUSED:
        return False
    with storages["private"].open(picture.original, "rb") as original:
        data = original.read()
    try:
        if picture.original_kind == DRAWING:
            done = rasterise(data.decode(), widths or DRAWING_WIDTHS)
        else:
            done = _decode_apart(data, picture.original_kind)
    except PictureRefused as refusal:
        Picture.objects.filter(pk=picture.pk).update(state=Picture.State.REFUSED, fault=refusal.fault.value)
        return False
    _store(picture, done)
    return True


def drawings_render(*, picture_ids: list[int], widths: tuple[int, ...]) -> int:
    """Make the first sizes of many drawings at once, on all cores; the worker makes the rest later."""
    waiting = list(Picture.objects.filter(pk__in=picture_ids, original_kind=DRAWING, widths=[]))
    svgs = []
    for picture in waiting:
        with storages["private"].open(picture.original, "rb") as original:
            svgs.append(original.read().decode())
    for picture, done in zip(waiting, rasterise_many(svgs, widths), strict=True):
        _store(picture, done)
    return len(waiting)


def drawings_waiting() -> list[int]:
    """Drawings that lack some of their sizes."""
    drawings = Picture.objects.filter(original_kind=DRAWING).exclude(state=Picture.State.REFUSED)
    return [pk for pk, widths in drawings.values_list("pk", "widths") if widths != list(DRAWING_WIDTHS)]


def _store(picture: Picture, done: Encoded) -> None:
    """Put the sizes into the public storage and say that they are there."""
    for name, content in done.files.items():
        path = f"pictures/{picture.key}/{name}"
        # One key, one content: what is there may be on a page this moment and stays.
        if not default_storage.exists(path):
            default_storage.save(path, ContentFile(content))
    Picture.objects.filter(pk=picture.pk).update(
        state=Picture.State.READY,
        fault="",
        width=done.width,
        height=done.height,
        tint=done.tint,
        widths=list(done.widths),
    )
    picture_ready.send_robust(sender=Picture, picture_id=picture.pk)


def _keep(picture: Picture, data: bytes, *, queue: bool = True) -> Picture:
    name = f"pictures/{picture.key[:2]}/{picture.key}.{picture.original_kind}"
    picture.original = storages["private"].save(name, ContentFile(data))
    picture.save()
    if queue:
        transaction.on_commit(partial(picture_added.send_robust, sender=Picture, picture_id=picture.pk))
    return picture


def _decode_apart(data: bytes, kind: str) -> Encoded:
    """Decode in a process of its own with a ceiling on memory and time."""
    with tempfile.TemporaryDirectory(prefix="picture-") as folder:
        source = Path(folder) / "in"
        source.write_bytes(data)
        try:
            run = subprocess.run(
                [sys.executable, "-m", "kernel.pictures.codec", str(source), folder, kind],
                cwd=ROOT,
                capture_output=True,
                timeout=SECONDS,
                check=True,
            )
            facts = json.loads(run.stdout)
        except (subprocess.SubprocessError, ValueError):
            raise PictureRefused(Fault.BROKEN) from None
        files = {
            f"{w}.{form}": (Path(folder) / f"{w}.{form}").read_bytes() for w in facts["widths"] for form in forms_of(w)
        }
        return Encoded(facts["width"], facts["height"], facts["tint"], tuple(facts["widths"]), files)
