"""Digital Link addresses: good ones, bad ones, machines, QR codes, short codes."""

import io
import re

import pytest
import zxingcpp
from jsonschema import Draft7Validator
from PIL import Image

from tests.traceability.market import GTIN, pack_lot
from traceability.lots.models import Lot, Serial

PATH = f"/01/{GTIN}/10/DM-2610-07"
#: The shape GS1 asks of a linkset (from its resolver schema): two facts a context, named links, nothing else.
LINK = {
    "type": "object",
    "properties": {
        "href": {"type": "string", "pattern": "^https?://[a-zA-z0-9./]+"},
        "title": {"type": "string"},
        "hreflang": {"type": "array", "items": {"type": "string", "pattern": r"(^\w{2}$)|(^\w{2}-\w{2}$)"}},
        "type": {"type": "string", "pattern": r"\w+/[-+.\w]+"},
        "context": {"type": "array"},
        "fwqs": {"type": "boolean"},
        "public": {"type": "boolean"},
    },
    "required": ["href", "title"],
    "additionalProperties": False,
}
SCHEMA = {
    "type": "object",
    "properties": {
        "linkset": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "anchor": {"type": "string", "pattern": "^https?://[a-zA-z0-9./]+"},
                    "itemDescription": {"type": "string"},
                },
                "patternProperties": {
                    "(?!(anchor|itemDescription))^([a-z-]+$)|(^https?://[a-zA-z0-9./]+$)": {
                        "type": "array",
                        "items": LINK,
                    }
                },
                "required": ["anchor", "itemDescription"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["linkset"],
    "additionalProperties": False,
}


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        (f"/01/{GTIN[:-1]}4", "gtin_check_digit"),
        ("/01/123", "gtin_length"),
        (f"/01/{GTIN}/10", "value_missing"),
        (f"/01/{GTIN}/21/S/10/A", "qualifier_order"),
        (f"/01/{GTIN}/10/{'A' * 21}", "value_shape"),
        (f"/01/{GTIN}?9999=1", "query_key_unknown"),
        (f"/01/{GTIN}?17=261399", "date_impossible"),
    ],
)
def test_a_broken_address_gets_400_with_the_rule(client, db, path, rule):
    response = client.get(path)
    machine = client.get(path, headers={"accept": "application/linkset+json"})

    assert response.status_code == machine.status_code == 400
    assert rule in response.content.decode()
    assert machine.json()["code"] == rule


@pytest.mark.parametrize(
    "path",
    [PATH, PATH + "/", f"/01/{GTIN[1:]}/10/DM-2610-07", f"/01/{GTIN}/10/dm-2610-07", f"/en{PATH}", PATH + "?fbclid=1"],
)
def test_good_and_forgiven_addresses(client, lot, path):
    assert client.get(path).status_code == 200


def test_a_lot_code_with_a_slash(client, zones):
    pack_lot("DM/26+1")

    assert "DM/26+1" in client.get(f"/01/{GTIN}/10/DM%2F26%2B1").content.decode()


@pytest.mark.parametrize("ask", ["?linkType=linkset", "?linkType=all", ""])
def test_machines_get_a_valid_linkset_of_every_level(client, lot, ask):
    headers = {} if ask else {"accept": "application/linkset+json"}
    response = client.get(PATH + ask, headers=headers)
    body = response.json()

    Draft7Validator(SCHEMA).validate(body)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/linkset+json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "json-ld#context" in response.headers["Link"]
    assert [c["anchor"] for c in body["linkset"]] == [f"http://testserver{PATH}", f"http://testserver/01/{GTIN}"]
    for context in body["linkset"]:
        (default,) = context["https://ref.gs1.org/voc/defaultLink"]
        assert set(default) == {"href", "title"}


def test_language_does_not_change_what_machines_read(client, lot):
    assert client.get(f"/en{PATH}?linkType=linkset").json() == client.get(f"{PATH}?linkType=linkset").json()


def test_a_link_type_redirects_with_the_query_or_is_404(client, lot):
    response = client.get(f"{PATH}?linkType=gs1:traceability&x=1&17=271001")

    assert response.status_code == 307
    assert response.headers["Location"] == f"http://testserver{PATH}?17=271001&x=1"
    assert client.get(f"{PATH}?linkType=gs1:pip").status_code == 404
    assert client.get(f"{PATH}?linkType=https://evil.example").status_code == 404


def test_unknown_things_are_404_for_machines_too(client, lot):
    for path in (f"/01/{GTIN}/10/NO", "/01/09521234000099", f"/01/{GTIN}/10/DM-2610-07/21/NO"):
        assert client.get(path, headers={"accept": "application/linkset+json"}).status_code == 404
        assert client.get(path).status_code == 404


def test_a_single_piece_has_a_page(client, lot):
    Serial.objects.create(lot=lot, gtin=GTIN, value="K7Q2M9XA")

    assert "K7Q2M9XA" in client.get(f"{PATH}/21/K7Q2M9XA").content.decode()
    assert client.get(f"/01/{GTIN}/21/K7Q2M9XA").status_code == 200


def test_options_and_the_description_file(client, db):
    assert client.options(PATH).status_code == 204
    body = client.get("/.well-known/gs1resolver").json()

    assert body["supportedPrimaryKeys"] == ["01"]
    assert body["resolverRoot"] == "http://testserver"


def test_posting_to_an_address_is_refused(client, lot):
    assert client.post(PATH).status_code == 405


@pytest.mark.parametrize("form", ["png", "svg"])
def test_the_printed_code_is_read_by_a_second_library_and_leads_here(client, lot, form):
    response = client.get(f"{PATH}/qr.{form}")
    if form == "png":
        image = Image.open(io.BytesIO(response.content)).convert("L")
    else:
        image = raster(response.content.decode())
    (found,) = zxingcpp.read_barcodes(image)

    assert found.text == f"http://testserver{PATH}"
    assert client.get(found.text.removeprefix("http://testserver")).status_code == 200


def raster(svg: str, scale: int = 8) -> Image.Image:
    """Draw our own QR drawings (runs of unit squares) without a browser."""
    size = int(re.search(r'viewBox="0 0 (\d+)', svg)[1])
    image = Image.new("L", (size, size), 255)
    for x, y, run in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", svg):
        for i in range(int(run)):
            image.putpixel((int(x) + i, int(y)), 0)
    return image.resize((size * scale, size * scale), Image.Resampling.NEAREST)


def test_no_code_is_drawn_for_what_is_not_on_record(client, lot):
    assert client.get(f"/01/{GTIN}/10/NO/qr.svg").status_code == 404


def test_the_short_code_leads_to_the_passport(client, lot):
    short = Lot.objects.get(pk=lot.pk).short_code

    assert client.get(f"/t/{short.lower()}").headers["Location"] == PATH
    assert client.get("/t/00000000").status_code == 404


def test_the_page_points_machines_to_its_linkset(client, lot):
    assert 'rel="linkset"' in client.get(PATH).headers["Link"]
