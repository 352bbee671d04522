"""Pictures of editors go the same way as all others: judged by the header, re-encoded, without a word of metadata."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cms.media.models import CmsImage
from cms.media.services import image_draw
from kernel.pictures.models import Picture


def photo(size=(1200, 800), form="JPEG", gps=False) -> bytes:
    out = io.BytesIO()
    image = Image.new("RGB", size, (120, 90, 60))
    exif = Image.Exif()
    if gps:
        exif.get_ifd(0x8825)[1] = "N"
        exif[0x010E] = "toạ độ nhà bà con"
    image.save(out, form, **({"exif": exif} if form == "JPEG" else {}))
    return out.getvalue()


def upload(client, data: bytes, name="anh.jpg", **fields):
    fields = {"title": "Nương cà phê", "description": "Nương cà phê buổi sớm", "collection": "1", "tags": "", **fields}
    from wagtail.models import Collection

    fields["collection"] = str(Collection.objects.get(depth=1).pk)
    return client.post("/cms/images/add/", {**fields, "file": SimpleUploadedFile(name, data, "image/jpeg")})


@pytest.fixture
def desk(site, editor, client):
    client.force_login(editor)
    return client


def test_a_photo_gets_its_sizes_and_loses_its_place(desk):
    answer = upload(desk, photo(gps=True))

    assert answer.status_code == 302, answer.context["form"].errors
    image = CmsImage.objects.get()
    assert image.picture.widths == [200, 400, 800]
    with Image.open(image.file) as kept:
        assert (kept.format, dict(kept.getexif())) == ("JPEG", {})
    assert "toạ độ" not in Path(image.file.path).read_bytes().decode("utf-8", "ignore")


def test_a_picture_without_words_is_refused(desk):
    answer = upload(desk, photo(), description="")

    assert "description" in answer.context["form"].errors
    assert not CmsImage.objects.exists()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("data", "name"),
    [
        pytest.param(SVG, "anh.jpg", id="svg with script"),
        pytest.param(b"GIF89a" + b"\0" * 400, "anh.gif", id="gif"),
        pytest.param(b"\xff\xd8\xff\xe0" + b"\0" * 200, "anh.jpg", id="cut off"),
        pytest.param(photo((9000, 4000), "PNG"), "anh.png", id="too many pixels"),
        pytest.param(photo((4000, 120), "PNG"), "anh.png", id="too narrow"),
        pytest.param(b"", "anh.jpg", id="empty"),
    ],
)
def test_hostile_files_are_refused_with_a_reason(desk, data, name):
    answer = upload(desk, data, name)

    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert not CmsImage.objects.exists()
    assert not list((Path(settings.MEDIA_ROOT) / "original_images").glob("*"))


def test_the_same_drawing_is_drawn_once(db):
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="900"><rect width="1600" height="900"/></svg>'

    first = image_draw(svg=svg, title="Núi", alt="Tranh: núi")
    second = image_draw(svg=svg, title="Núi", alt="Tranh: núi")

    assert first == second
    assert Picture.objects.count() == 1
    assert first.picture.illustration
