"""Pictures that mean harm, made on the spot: nothing hostile lies in the repository as a file."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image


def photo(form: str = "JPEG", size: tuple[int, int] = (900, 600), **options: object) -> bytes:
    """An honest picture with something on it."""
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    image.paste((150, 84, 62), (0, 0, size[0] // 2, size[1] // 3))
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def chunk(name: bytes, body: bytes) -> bytes:
    """One PNG chunk."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int, height: int, *, rows: int | None = None, extra: bytes = b"", colour: int = 0) -> bytes:
    """A PNG of one value, as small as it can be: a bomb when the sides are large."""
    per_row = 1 + width * {0: 1, 2: 3, 6: 4}[colour]
    deflate = zlib.compressobj(9)
    body = b"".join(deflate.compress(bytes(per_row)) for _ in range(height if rows is None else rows)) + deflate.flush()
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + extra + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def animation(form: str, frames: int) -> bytes:
    """Frames that differ, so that none is dropped."""
    images = [Image.new("RGB", (128, 128), (i % 256, i // 256, 90)) for i in range(frames)]
    out = io.BytesIO()
    images[0].save(out, form, save_all=True, append_images=images[1:])
    return out.getvalue()


def with_gps() -> bytes:
    """A photo that names the field it was taken in and lies on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "SecretCam"
    exif.get_ifd(0x8825).update({1: "N", 2: (14.0, 21.0, 3.5), 3: "E", 4: (107.0, 59.0, 8.0)})
    return photo(exif=exif.tobytes())


def polyglot() -> bytes:
    """A JPEG that is a page with a script as well."""
    return photo() + b"<html><script>alert(document.domain)</script></html>"


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
