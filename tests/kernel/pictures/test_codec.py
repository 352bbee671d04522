"""Decoding in its own process: harmless out of hostile, and no memory taken from the worker."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from kernel.pictures.codec import encode, rasterise
from tests.kernel.pictures import corpus

ROOT = Path(__file__).resolve().parents[3]


def run(tmp_path, data, kind):
    (tmp_path / "in").write_bytes(data)
    return subprocess.run(
        [sys.executable, "-m", "kernel.pictures.codec", str(tmp_path / "in"), str(tmp_path), kind],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )


def test_a_photo_loses_its_place_and_stands_upright(tmp_path):
    data = corpus.with_gps()
    assert Image.open(io.BytesIO(data)).getexif().get_ifd(0x8825)

    facts = json.loads(run(tmp_path, data, "jpeg").stdout)

    assert (facts["width"], facts["height"]) == (600, 900)
    for name in ("400.jpg", "400.webp"):
        raw = (tmp_path / name).read_bytes()
        image = Image.open(io.BytesIO(raw))
        assert image.size == (400, 600)
        assert not dict(image.getexif())
        assert b"Exif" not in raw and b"SecretCam" not in raw


def test_what_hangs_on_behind_a_photo_is_gone(tmp_path):
    facts = json.loads(run(tmp_path, corpus.polyglot(), "jpeg").stdout)

    assert facts["widths"] == [200, 400, 800]
    assert all(b"script" not in file.read_bytes() for file in tmp_path.glob("*.jpg"))
    assert all(b"script" not in file.read_bytes() for file in tmp_path.glob("*.webp"))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        pytest.param(corpus.photo("PNG").replace(b"IDAT", b"IDAT" + bytes(9), 1), "png", id="rubbish"),
        pytest.param(corpus.photo("PNG"), "jpeg", id="not what was announced"),
        pytest.param(corpus.png(9000, 9000, rows=9000), "png", id="a bomb that got past the header"),
    ],
)
def test_a_file_that_cannot_be_decoded_ends_the_process_and_nothing_else(tmp_path, data, kind):
    done = run(tmp_path, data, kind)

    assert done.returncode != 0
    assert not list(tmp_path.glob("*.webp"))


def test_clear_parts_become_paper(tmp_path):
    out = io.BytesIO()
    Image.new("RGBA", (300, 300), (0, 0, 0, 0)).save(out, "PNG")

    run(tmp_path, out.getvalue(), "png")

    assert Image.open(tmp_path / "200.jpg").getpixel((9, 9))[0] > 245


def test_a_drawing_becomes_pixels():
    done = rasterise(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 4"><path fill="#643" d="M0 0h8v4H0z"/></svg>',
        (200, 400),
    )

    assert (done.width, done.height, done.widths) == (400, 200, (200, 400))
    assert set(done.files) == {"200.avif", "200.webp", "200.jpg", "400.avif", "400.webp", "400.jpg"}


def test_the_largest_size_is_no_larger_than_the_picture():
    assert encode(Image.new("RGB", (500, 400))).widths == (200, 400)
