"""QR codes of Digital Link addresses, level M, as PNG and as SVG without inline style."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from itertools import groupby

import qrcode
from PIL import Image
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4


@lru_cache(maxsize=512)
def qr_matrix(text: str) -> tuple[tuple[bool, ...], ...]:
    """The modules of the code without its quiet zone."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    return tuple(tuple(bool(cell) for cell in row) for row in code.get_matrix())


def runs(row: tuple, wanted: object = True) -> list[tuple[int, int]]:
    """(start, length) of each run of ``wanted`` in a row."""
    found, at = [], 0
    for value, cells in groupby(row):
        length = len(list(cells))
        if value == wanted:
            found.append((at, length))
        at += length
    return found


def qr_svg(text: str) -> bytes:
    matrix = qr_matrix(text)
    size = len(matrix) + 2 * QUIET
    path = "".join(
        f"M{x + QUIET} {y + QUIET}h{length}v1h-{length}z" for y, row in enumerate(matrix) for x, length in runs(row)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<rect width="{size}" height="{size}" fill="#fff"/><path d="{path}" fill="#000"/></svg>'
    ).encode()


def qr_png(text: str, scale: int = 10) -> bytes:
    matrix = qr_matrix(text)
    size = len(matrix) + 2 * QUIET
    image = Image.new("1", (size, size), 1)
    for y, row in enumerate(matrix):
        for x, dark in enumerate(row):
            if dark:
                image.putpixel((x + QUIET, y + QUIET), 0)
    out = BytesIO()
    image.resize((size * scale, size * scale), Image.Resampling.NEAREST).save(out, "PNG", optimize=True)
    return out.getvalue()
