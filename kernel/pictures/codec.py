"""Turns a picture into the sizes the pages use; for whatever came in from outside, in a process of its own:

    python -m kernel.pictures.codec IN OUT_DIR KIND

writes OUT_DIR/<width>.avif, .webp and .jpg and prints one line of JSON. Decoders see hostile bytes only there, under
a limit of memory and time, so a bomb ends that process and not the worker. No Django: it starts quickly.
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path

from PIL import Image, ImageOps

from kernel.pictures.domain import MAX_PIXELS, WIDTHS, forms_of, nearest_tint, widths_for

MEMORY = 1_000_000_000
CPU_SECONDS = 40
AVIF = {"quality": 40, "speed": 8, "max_threads": 1}
WEBP = {"quality": 78, "method": 4}
JPEG = {"quality": 80, "optimize": True, "progressive": True}
WRITERS = {"avif": ("AVIF", AVIF), "webp": ("WEBP", WEBP), "jpg": ("JPEG", JPEG)}
FORMATS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "heic": "HEIF"}


@dataclass(frozen=True)
class Encoded:
    """What came of it: the upright sides, the tint, the widths, and the bytes by file name."""

    width: int
    height: int
    tint: int
    widths: tuple[int, ...]
    files: dict[str, bytes]


def decode(data: bytes, kind: str) -> Image.Image:
    """The pixels, upright, opaque and without a word of metadata; only the announced format is tried."""
    if kind == "heic":
        from pillow_heif import register_heif_opener

        register_heif_opener()
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    image: Image.Image = Image.open(io.BytesIO(data), formats=(FORMATS[kind],))
    if image.width * image.height > MAX_PIXELS:
        raise ValueError("more pixels than announced")
    if kind == "jpeg":
        image.draft("RGB", (WIDTHS[-1], WIDTHS[-1]))
    image.load()
    if max(image.size) > 2 * WIDTHS[-1]:
        image.thumbnail((2 * WIDTHS[-1], 2 * WIDTHS[-1]), Image.Resampling.BOX)
    image = ImageOps.exif_transpose(image)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        ground = Image.new("RGB", image.size, (255, 253, 249))
        ground.paste(image, mask=image.getchannel("A"))
        return ground
    return image.convert("RGB")


def encode(image: Image.Image, widths: tuple[int, ...] | None = None) -> Encoded:
    """All sizes of one opaque picture, largest first so that each is scaled from the one before."""
    width, height = image.size
    wanted = widths or widths_for(width)
    files: dict[str, bytes] = {}
    current = image
    for side in sorted(wanted, reverse=True):
        current = current.resize((side, max(1, round(height * side / width))), Image.Resampling.LANCZOS)
        for name in forms_of(side):
            form, options = WRITERS[name]
            out = io.BytesIO()
            current.save(out, form, **options)
            files[f"{side}.{name}"] = out.getvalue()
    red, green, blue = current.resize((1, 1), Image.Resampling.BOX).tobytes()[:3]
    return Encoded(width, height, nearest_tint(red, green, blue), tuple(sorted(wanted)), files)


def rasterise(svg: str, widths: tuple[int, ...]) -> Encoded:
    """A drawing of our own in pixels. Never for a file from outside: SVG is a program."""
    import resvg_py

    png = resvg_py.svg_to_bytes(svg_string=svg, width=max(widths), skip_system_fonts=True)
    return encode(Image.open(io.BytesIO(bytes(png))).convert("RGB"), widths)


def rasterise_many(svgs: list[str], widths: tuple[int, ...]) -> Iterator[Encoded]:
    """Many drawings, on all cores: the rasteriser holds the interpreter, so each core gets a process."""
    cores = os.cpu_count() or 1
    if len(svgs) < 2 * cores:
        yield from (rasterise(svg, widths) for svg in svgs)
        return
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        yield from pool.map(rasterise, svgs, [widths] * len(svgs), chunksize=4)


def main(source: str, folder: str, kind: str) -> None:
    """Entry point of the process."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    done = encode(decode(Path(source).read_bytes(), kind))
    for name, content in done.files.items():
        (Path(folder) / name).write_bytes(content)
    facts = asdict(done)
    del facts["files"]
    print(json.dumps(facts))


if __name__ == "__main__":
    main(*sys.argv[1:4])
