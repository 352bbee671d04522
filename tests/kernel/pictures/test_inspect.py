"""The header check: what is taken, and the fault that each hostile file is refused with."""

import io

import pillow_heif
import pytest
from PIL import Image

from kernel.pictures.domain import MAX_BYTES, TINTS, Fault, HeaderFault, inspect, nearest_tint, widths_for
from tests.kernel.pictures import corpus


def heic(size=(640, 480)):
    pillow_heif.register_heif_opener()
    out = io.BytesIO()
    Image.new("RGB", size, (90, 60, 40)).save(out, "HEIF")
    return out.getvalue()


@pytest.mark.parametrize(
    ("form", "kind"),
    [("JPEG", "jpeg"), ("PNG", "png"), ("WEBP", "webp")],
)
def test_an_honest_picture_is_known_by_its_content(form, kind):
    header = inspect(corpus.photo(form))

    assert (header.kind, header.width, header.height) == (kind, 900, 600)


@pytest.mark.parametrize("lossless", [True, False])
def test_both_kinds_of_webp_name_their_sides(lossless):
    assert inspect(corpus.photo("WEBP", (321, 234), lossless=lossless)).width == 321


def test_the_photo_of_a_phone_in_heic_is_taken():
    header = inspect(heic())

    assert (header.kind, header.width, header.height) == ("heic", 640, 480)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        pytest.param(b"", Fault.EMPTY, id="nothing"),
        pytest.param(corpus.photo() + bytes(MAX_BYTES), Fault.HEAVY, id="more than 10 MB"),
        pytest.param(corpus.png(9000, 9000, rows=0), Fault.PIXELS, id="bomb of 81 megapixels"),
        pytest.param(corpus.png(11999, 11999, rows=0), Fault.PIXELS, id="bomb of 144 megapixels"),
        pytest.param(corpus.png(65535, 1), Fault.SHAPE, id="65535 x 1"),
        pytest.param(corpus.png(0, 10, rows=0), Fault.BROKEN, id="no width"),
        pytest.param(corpus.png(40, 40), Fault.SMALL, id="a stamp"),
        pytest.param(corpus.SVG, Fault.SVG, id="svg with a script"),
        pytest.param(b"  \n" + corpus.SVG[21:], Fault.SVG, id="svg behind spaces"),
        pytest.param(corpus.photo("GIF"), Fault.TYPE, id="gif"),
        pytest.param(b"GIF89a/*" + bytes(200) + b"*/=1;alert(1)", Fault.TYPE, id="gif that is a script"),
        pytest.param(b"%PDF-1.7\n" + bytes(500), Fault.TYPE, id="pdf named .jpg"),
        pytest.param(b"MZ" + bytes(500), Fault.TYPE, id="program"),
        pytest.param(corpus.animation("PNG", 1500), Fault.MOVING, id="moving png"),
        pytest.param(corpus.animation("WEBP", 1500), Fault.MOVING, id="moving webp"),
        pytest.param(corpus.photo()[:3000], Fault.BROKEN, id="jpeg cut off"),
        pytest.param(corpus.photo("PNG")[:900], Fault.BROKEN, id="png cut off"),
        pytest.param(corpus.photo("WEBP")[:900], Fault.BROKEN, id="webp cut off"),
        pytest.param(heic()[:300], Fault.BROKEN, id="heic cut off"),
        pytest.param(b"\xff\xd8\xff", Fault.BROKEN, id="three bytes"),
    ],
)
def test_a_hostile_file_is_refused_by_its_header(data, fault):
    with pytest.raises(HeaderFault) as refusal:
        inspect(data)

    assert refusal.value.fault == fault


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_any_cut_of_a_file_is_answered_and_never_crashes(form):
    data = corpus.photo(form, (200, 150))

    for length in range(0, len(data), 7):
        try:
            inspect(data[:length])
        except HeaderFault:
            pass


def test_sizes_are_never_enlarged():
    assert widths_for(150) == (150,)
    assert widths_for(900) == (200, 400, 800)
    assert widths_for(4000) == (200, 400, 800, 1600)


def test_each_ground_is_nearest_to_itself():
    assert [nearest_tint(*tint) for tint in TINTS] == list(range(len(TINTS)))
