"""What a picture file may be, judged from its header alone: nothing here decodes a pixel."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import StrEnum

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 24_000_000
MIN_SIDE = 100
MAX_SIDE = 12_000
MAX_RATIO = 6
MAX_CHUNKS = 20_000
WIDTHS = (200, 400, 800, 1600)
# AVIF pays where many pictures share a page: a card of 400 px weighs 6 KB instead of 14 KB as WebP (mean of ten
# drawings), for 20 ms of the worker. At 1600 px it costs a second and is seen by few.
AVIF_MOST = 800

# Grounds a picture may be announced with while it loads, taken from what the drawings average to. The page
# carries only the index; the colours stand again as --tint-N in the tokens of the theme, and a test keeps the
# two alike.
TINTS: tuple[tuple[int, int, int], ...] = (
    (242, 236, 223),
    (204, 192, 169),
    (205, 178, 128),
    (187, 156, 122),
    (186, 173, 147),
    (166, 130, 96),
    (150, 97, 75),
    (116, 110, 83),
    (80, 76, 94),
    (92, 94, 113),
    (147, 148, 132),
    (172, 172, 161),
    (188, 188, 178),
    (158, 178, 150),
    (96, 124, 100),
    (48, 50, 56),
)


class Fault(StrEnum):
    """Why a file is refused; the message of each stands in `errors`."""

    EMPTY = "picture_empty"
    HEAVY = "picture_heavy"
    TYPE = "picture_type"
    SVG = "picture_svg"
    BROKEN = "picture_broken"
    PIXELS = "picture_pixels"
    SMALL = "picture_small"
    SHAPE = "picture_shape"
    MOVING = "picture_moving"


class HeaderFault(ValueError):
    """The header says no."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True)
class Header:
    """What the first bytes promise: the type by content, never by name, and the sides as stored."""

    kind: str
    width: int
    height: int


def inspect(data: bytes) -> Header:
    """Read type and sides out of the header and hold them against the limits.

    Raises: HeaderFault.
    """
    if not data:
        raise HeaderFault(Fault.EMPTY)
    if len(data) > MAX_BYTES:
        raise HeaderFault(Fault.HEAVY)
    try:
        header = _read(data)
    except (struct.error, IndexError):
        raise HeaderFault(Fault.BROKEN) from None
    short, long = sorted((header.width, header.height))
    if short < 1:
        raise HeaderFault(Fault.BROKEN)
    if long > MAX_SIDE or long > short * MAX_RATIO:
        raise HeaderFault(Fault.SHAPE)
    if header.width * header.height > MAX_PIXELS:
        raise HeaderFault(Fault.PIXELS)
    if short < MIN_SIDE:
        raise HeaderFault(Fault.SMALL)
    return header


def widths_for(width: int) -> tuple[int, ...]:
    """The sizes made of a picture that is so wide: never enlarged, and at least one."""
    return tuple(w for w in WIDTHS if w <= width) or (width,)


def forms_of(width: int) -> tuple[str, ...]:
    """The formats one size is kept in, the lightest first."""
    return ("avif", "webp", "jpg") if width <= AVIF_MOST else ("webp", "jpg")


def nearest_tint(red: int, green: int, blue: int) -> int:
    """The index of the ground that is closest to a colour."""

    def apart(tint: tuple[int, int, int]) -> int:
        return 2 * (tint[0] - red) ** 2 + 4 * (tint[1] - green) ** 2 + 3 * (tint[2] - blue) ** 2

    return min(range(len(TINTS)), key=lambda i: apart(TINTS[i]))


def _read(data: bytes) -> Header:
    if data[:3] == b"\xff\xd8\xff":
        return _jpeg(data)
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return _png(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp(data)
    if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"heim", b"heis", b"mif1"):
        return _heic(data)
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<svg", b"<?xml", b"<!doctype svg", b"<!--")) or b"<svg" in start:
        raise HeaderFault(Fault.SVG)
    raise HeaderFault(Fault.TYPE)


def _jpeg(data: bytes) -> Header:
    """Walk the segments to the frame header; an end marker has to be there, more is dropped later."""
    at = 2
    for _ in range(MAX_CHUNKS):
        while data[at] == 0xFF and data[at + 1] == 0xFF:
            at += 1
        if data[at] != 0xFF:
            raise HeaderFault(Fault.BROKEN)
        marker = data[at + 1]
        (length,) = struct.unpack_from(">H", data, at + 2)
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", data, at + 5)
            if data.rfind(b"\xff\xd9") <= at:
                raise HeaderFault(Fault.BROKEN)
            return Header("jpeg", width, height)
        if marker in (0xD9, 0xDA):
            break
        at += 2 + length
    raise HeaderFault(Fault.BROKEN)


def _png(data: bytes) -> Header:
    """The first chunk names the sides; a control chunk of moving pictures or a missing end is refused."""
    if data[12:16] != b"IHDR":
        raise HeaderFault(Fault.BROKEN)
    width, height = struct.unpack_from(">II", data, 16)
    at = 8
    for _ in range(MAX_CHUNKS):
        length, name = struct.unpack_from(">I4s", data, at)
        if name == b"IEND":
            return Header("png", width, height)
        if name == b"acTL":
            raise HeaderFault(Fault.MOVING)
        at += 12 + length
    raise HeaderFault(Fault.BROKEN)


def _webp(data: bytes) -> Header:
    (size,) = struct.unpack_from("<I", data, 4)
    if size + 8 > len(data):
        raise HeaderFault(Fault.BROKEN)
    name = data[12:16]
    if name == b"VP8X":
        if data[20] & 0x02:
            raise HeaderFault(Fault.MOVING)
        return Header("webp", int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1)
    if name == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return Header("webp", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if name == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return Header("webp", width & 0x3FFF, height & 0x3FFF)
    raise HeaderFault(Fault.BROKEN)


def _heic(data: bytes) -> Header:
    """The largest of the announced image sides; top boxes have to lie inside the file."""
    at = 0
    sides: list[tuple[int, int]] = []
    for _ in range(64):
        if at == len(data):
            break
        size, name = struct.unpack_from(">I4s", data, at)
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, at + 8)
        size = size or len(data) - at
        if size < 8 or at + size > len(data):
            raise HeaderFault(Fault.BROKEN)
        if name == b"meta":
            found = data.find(b"ispe", at, at + size)
            while found != -1 and len(sides) < 512:
                sides.append(struct.unpack_from(">II", data, found + 8))
                found = data.find(b"ispe", found + 4, at + size)
        at += size
    if not sides:
        raise HeaderFault(Fault.BROKEN)
    width, height = max(sides, key=lambda pair: pair[0] * pair[1])
    return Header("heic", width, height)
