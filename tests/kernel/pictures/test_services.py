"""From an upload to the sizes on a page."""

import io
import subprocess
import sys

import pytest
from django.core.files.storage import default_storage, storages
from django.template import Context, Template

from kernel.pictures.domain import Fault
from kernel.pictures.errors import PictureRefused
from kernel.pictures.models import Picture
from kernel.pictures.services import picture_add, picture_draw, picture_render
from tests.kernel.pictures import corpus

pytestmark = pytest.mark.django_db
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path fill="#643" d="M0 0h9v9H0z"/></svg>'


@pytest.fixture(autouse=True)
def own_folders(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "media"), "base_url": "/media/"},
        },
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "private"), "base_url": None},
        },
    }


def add(data):
    return picture_add(file=io.BytesIO(data), alt_vi="Gói cà phê", alt_en="A pack of coffee")


def test_a_photo_waits_for_the_worker_and_is_then_ready():
    picture = add(corpus.with_gps())
    assert (picture.state, picture.ready) == ("waiting", False)

    picture_render(picture_id=picture.pk)

    picture.refresh_from_db()
    assert picture.state == "ready"
    assert (picture.width, picture.height, picture.widths) == (600, 900, [200, 400])
    for width in picture.widths:
        for form in ("avif", "webp", "jpg"):
            raw = default_storage.open(picture.path(width, form)).read()
            assert b"SecretCam" not in raw


def test_the_file_that_came_in_is_kept_out_of_the_public_folder():
    picture = add(corpus.photo())

    assert storages["private"].exists(picture.original)
    assert not default_storage.exists(picture.original)


def test_a_hostile_file_is_refused_with_a_sentence_and_nothing_is_kept():
    with pytest.raises(PictureRefused) as refusal:
        add(corpus.SVG)

    assert refusal.value.fault == Fault.SVG
    assert "JPEG" in refusal.value.text
    assert not Picture.objects.exists()


def test_what_cannot_be_decoded_later_is_marked_and_never_shown():
    rubbish = corpus.photo("PNG").replace(b"IDAT", b"IDAT" + bytes(9), 1)
    picture = add(corpus.photo("PNG"))
    storages["private"].delete(picture.original)
    storages["private"].save(picture.original, io.BytesIO(rubbish))

    assert picture_render(picture_id=picture.pk) is False

    picture.refresh_from_db()
    assert (picture.state, picture.fault, picture.ready) == ("refused", Fault.BROKEN, False)


def test_a_drawing_is_the_same_picture_the_second_time():
    first = picture_draw(svg=DRAWING, kind="product", alt_vi="Tranh")
    second = picture_draw(svg=DRAWING, kind="product", alt_vi="Tranh")

    assert first.pk == second.pk
    assert picture_render(picture_id=first.pk, widths=(200,))
    assert picture_render(picture_id=first.pk)
    first.refresh_from_db()
    assert (first.widths, first.illustration) == ([200, 400, 800], True)


def test_the_tag_gives_all_sizes_and_keeps_the_place():
    picture = picture_draw(svg=DRAWING, kind="product", alt_vi='Gói "to" <b>')
    picture_render(picture_id=picture.pk)
    picture.refresh_from_db()

    html = Template("{% load pictures %}{% picture p '50vw' %}").render(Context({"p": picture}))

    assert f"/media/pictures/{picture.key}/800.webp 800w" in html
    assert 'width="400" height="400"' in html
    assert 'loading="lazy"' in html
    assert "Gói &quot;to&quot; &lt;b&gt;" in html
    assert "style=" not in html


def test_the_roof_stands_where_there_is_no_picture_yet():
    picture = picture_draw(svg=DRAWING, kind="product", alt_vi="Tranh")

    html = Template("{% load pictures %}{% picture p %}{% picture none %}").render(Context({"p": picture}))

    assert html.count("no-pic") == 2
    assert "<img" not in html


def test_a_size_is_served_to_be_kept_for_a_year(client):
    picture = picture_draw(svg=DRAWING, kind="product", alt_vi="Tranh")
    picture_render(picture_id=picture.pk)
    picture.refresh_from_db()

    answer = client.get(f"/media/{picture.path(400)}")

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert "immutable" in answer["Cache-Control"]
    assert not answer.cookies


@pytest.mark.parametrize("name", ["400.svg", "9.webp", "..%2f..%2fdb.sqlite3", "400.webp%00", "x.jpg"])
def test_nothing_else_is_served_from_the_folder_of_pictures(client, name):
    picture = picture_draw(svg=DRAWING, kind="product", alt_vi="Tranh")

    assert client.get(f"/media/pictures/{picture.key}/{name}").status_code == 404


MEASURE = """
import io, resource, sys
sys.path.insert(0, {root!r})
from kernel.pictures.domain import HeaderFault, inspect
from tests.kernel.pictures import corpus
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
bad = [corpus.png(9000, 9000), corpus.png(65535, 1), corpus.animation("WEBP", 900), corpus.SVG, corpus.photo()[:900]]
made = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
refused = 0
for data in bad:
    try:
        inspect(data)
    except HeaderFault:
        refused += 1
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(refused, after - made)
"""


def test_refusing_the_hostile_takes_next_to_no_memory():
    from kernel.pictures.services import ROOT

    run = subprocess.run([sys.executable, "-c", MEASURE.format(root=str(ROOT))], capture_output=True, check=True)

    refused, grown = map(int, run.stdout.split())
    assert refused == 5
    assert grown < 10_000, "kilobytes"


def test_a_large_photo_is_decoded_outside_this_process():
    import resource

    big = corpus.png(5900, 4000, colour=2)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    picture = add(big)

    assert picture_render(picture_id=picture.pk)

    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 150_000, "kilobytes"
