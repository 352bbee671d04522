"""The look keeps its own rules: contrast, colours only in the tokens, nothing inline, nothing foreign."""

import gzip
import itertools
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.test import RequestFactory, override_settings

from themes import assets, brand, gallery, tokens, views

THEMES = Path(brand.HERE)
SHEETS = [p for p in THEMES.rglob("*.css") if p.name not in ("tokens.css", "brand.css") and "build" not in p.parts]
TEMPLATES = [p for p in THEMES.rglob("*.html") if "dashboard" not in p.parts]

# (text or mark, ground, least contrast): text 4.5, large text and marks 3.
TEXT = 4.5
MARK = 3.0
GROUNDS = ("color-ground", "color-surface", "color-sunken")
PAIRS = [
    *(
        (ink, ground, TEXT)
        for ink in ("color-text", "color-text-soft", "color-link", "color-accent")
        for ground in GROUNDS
    ),
    *(
        (edge, ground, MARK)
        for edge in ("color-line-strong", "color-focus", "color-action", "color-review")
        for ground in GROUNDS
    ),
    ("color-on-action", "color-action", TEXT),
    ("color-on-action", "color-action-hover", TEXT),
    ("color-on-official", "color-official", TEXT),
    ("color-link", "color-official-ground", TEXT),
    ("color-text", "color-official-ground", TEXT),
    *((f"color-{state}", f"color-{state}-ground", TEXT) for state in ("good", "warn", "bad")),
    *(("color-text", f"color-{state}-ground", TEXT) for state in ("good", "warn", "bad")),
    *((f"color-{state}", ground, TEXT) for state in ("good", "warn", "bad") for ground in GROUNDS),
    ("color-accent", "color-accent-ground", TEXT),
    ("color-on-cloth", "color-cloth", TEXT),
    ("color-on-cloth-soft", "color-cloth", TEXT),
    ("color-thread-1", "color-cloth", MARK),
    ("color-thread-2", "color-cloth", MARK),
    ("color-thread-3", "color-cloth", MARK),
    ("color-on-map", "color-map-many", TEXT),
    ("color-text", "color-map-some", TEXT),
    ("color-text-soft", "color-map-none", TEXT),
    ("color-on-cloth", "color-map-here", TEXT),
    ("color-qr", "color-qr-ground", 7),
]


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_wcag_says():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", ["base", "quang-ngai"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_pair_of_tokens_can_be_read(name, scheme):
    with override_settings(THEME_BRAND=name):
        weak = [
            (ink, ground, round(contrast(tokens.token(ink, scheme), tokens.token(ground, scheme)), 2))
            for ink, ground, least in PAIRS
            if contrast(tokens.token(ink, scheme), tokens.token(ground, scheme)) < least
        ]

    assert weak == []


def without_comments(path: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda p: p.name)
def test_raw_colours_stand_only_in_the_tokens(sheet):
    text = re.sub(r"url\([^)]*\)", "", without_comments(sheet))

    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{}]*\{)|\b(?:rgba?|hsla?|oklch|lab)\(", text) == []
    assert re.findall(r":\s*(white|black|red|green|blue|gr[ae]y)\b", text) == []
    assert "!important" not in text


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda p: p.name)
def test_components_read_semantic_tokens_that_exist(sheet):
    used = set(re.findall(r"var\(--([\w-]+)", without_comments(sheet)))
    own = set(re.findall(r"--([\w-]+)\s*:", without_comments(sheet)))

    primitives = {name for name in used if re.fullmatch(r"(paper|ink|basalt|forest|indigo|ochre)-\d+", name)}
    unknown = {name for name in used - own if name not in tokens.declared() and name not in ("cell",)}

    assert primitives == set()
    assert unknown == set()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda p: str(p.relative_to(THEMES)))
def test_templates_carry_no_style_script_handler_or_colour(template):
    text = re.sub(r"{% comment %}.*?{% endcomment %}", "", template.read_text(encoding="utf-8"), flags=re.S)

    assert re.findall(r"\sstyle\s*=", text) == []
    assert re.findall(r"\son[a-z]+\s*=\s*[\"']", text) == []
    scripts = re.findall(r"<script\b([^>]*)>", text)
    assert [s for s in scripts if "src=" not in s and "json" not in s] == []
    if template.name != "email.html":
        assert "<style" not in text
    assert re.findall(r"""=["']#[0-9a-fA-F]{6}["']""", text) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda p: str(p.relative_to(THEMES)))
def test_templates_load_nothing_from_foreign_hosts(template):
    text = template.read_text(encoding="utf-8")

    assert (
        re.findall(
            r"<(?:script|link|img|iframe|source|video|use)\b[^>]*?(?:src|href|srcset)=[\"']\s*(?:https?:)?//", text
        )
        == []
    )


def test_scripts_call_no_foreign_host():
    for module in (brand.BASE / "static/js").rglob("*.js"):
        assert re.findall(r"""["'`](?:https?:)?//[\w.]""", module.read_text(encoding="utf-8")) == [], module.name


@pytest.mark.parametrize("name", assets.names())
def test_every_bundle_is_small_and_whole(name):
    text = assets.bundle_text(name)

    assert text.count("{") == text.count("}")
    assert len(gzip.compress(text.encode())) < (14_000 if name == "gallery" else 11_500)
    for address in re.findall(r'url\("\.\./([^")]+)"\)', text):
        assert brand.find(f"static/{address}") is not None, address


def test_a_bundle_is_named_after_its_content():
    one = assets.build()
    assert one == assets.build()
    assert re.fullmatch(r"build/list\.[0-9a-f]{10}\.css", one["list.css"])


def test_a_bundle_links_every_component_a_page_shows():
    for name in ("home", "list", "product"):
        text = assets.bundle_text(name)
        for rule in (".product__name", ".ocop", ".button", ".header", ".footer", ".bar__link", ".notice", ".price"):
            assert rule in text, (name, rule)


def test_the_second_brand_changes_only_tokens_marks_and_texts():
    own = {p.relative_to(THEMES / "quang-ngai").as_posix() for p in (THEMES / "quang-ngai").rglob("*") if p.is_file()}

    assert own <= {"brand.json", "static/css/brand.css", "static/img/mark.svg"}
    with override_settings(THEME_BRAND="quang-ngai"):
        assert tokens.token("color-action") != "#8f2e1a"
        assert brand.words("vi")["shop_name"] == "Chợ phiên Quảng Ngãi"
        assert brand.words("en")["hours"] == "7:00–20:00 every day"
        assert assets.bundle_text("page").count("--basalt-700:") == 2
    assert tokens.token("color-action") == "#8f2e1a"


def test_every_sign_that_templates_name_is_in_the_sprite():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (brand.BASE / "static/img/icons.svg").read_text(encoding="utf-8")))
    for template in TEMPLATES:
        text = template.read_text(encoding="utf-8")
        asked = (
            set(re.findall(r'{% (?:icon|sprite) "([\w-]+)"', text))
            | set(re.findall(r'default:"([\w-]+)" %}', text)) & drawn
        )
        assert asked <= drawn, (template.name, asked - drawn)


def test_the_gallery_shows_every_component_with_a_sample():
    request = RequestFactory().get("/dev/components/")
    shown = {component.name for component in gallery.samples(request)}
    frame = {
        *(
            "basket-count",
            "bottom-bar",
            "brand",
            "facet-choice",
            "field-notes",
            "language-link",
            "messages",
            "order-line",
        ),
        *("site-footer", "site-footer-menus", "site-header", "site-nav", "work-nav", "work-tools"),
    }
    every = {p.stem for p in (brand.BASE / "templates/components").glob("*.html")}

    assert every - shown - frame == set()


def test_the_gallery_is_closed_outside_development(client):
    assert client.get("/dev/components/").status_code == 404


@pytest.mark.parametrize(("path", "words"), [("/khong-co/", "Không có trang này"), ("/en/khong-co/", "No such page")])
@pytest.mark.django_db
def test_a_missing_page_speaks_the_language_of_its_address(client, path, words):
    response = client.get(path)

    assert response.status_code == 404
    assert words in response.content.decode()


@pytest.mark.parametrize("status", [400, 403, 429, 500])
def test_error_pages_need_no_database_session_or_context(status):
    # No django_db mark: a query would fail the test.
    html = get_template(f"errors/{status}.html").render({"code": "A1", "seconds": 5})

    assert "<h1>" in html
    assert "{{" not in html


def test_a_broken_server_says_so_without_the_database():
    response = views.server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert "Đơn đã đặt không mất" in response.content.decode()


def test_the_service_worker_is_short_and_names_what_it_keeps(client):
    response = client.get("/sw.js")
    script = response.content.decode()

    assert response["Content-Type"].startswith("text/javascript")
    assert "no-cache" in response["Cache-Control"]
    assert len(script.splitlines()) <= 150
    for address in re.findall(r'"(/static/[^"]+)"', script.encode().decode("unicode_escape")):
        assert (
            brand.find(address.removeprefix("/"))
            or (settings.THEME_BUILD_DIR / address.removeprefix("/static/")).exists()
        )


@pytest.mark.parametrize(
    ("path", "start", "name"), [("/", "/", "Chợ phiên Kon Tum"), ("/en/", "/en/", "Kon Tum Highland Market")]
)
def test_the_manifest_speaks_both_languages_and_its_icons_exist(client, path, start, name):
    manifest = client.get(f"{path}manifest.webmanifest").json()

    assert (manifest["start_url"], manifest["name"]) == (start, name)
    assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512"}
    for icon in manifest["icons"]:
        assert brand.find(icon["src"].removeprefix("/")) is not None


def test_themes_import_no_package_of_ours():
    for module in THEMES.rglob("*.py"):
        text = module.read_text(encoding="utf-8")
        found = re.findall(
            r"^\s*(?:from|import) (config|kernel|catalog|traceability|marketplace|cms|search)\b", text, re.M
        )
        assert found == [], module


def test_map_cells_are_forty_and_none_overlaps():
    from themes import woven

    cells = woven.lattice()["cells"]
    places = {(cell["x"], cell["y"]) for cell in cells}

    assert len(cells) == len(places) == 40
    for one, other in itertools.combinations(places, 2):
        across, down = abs(one[0] - other[0]) / woven.HALF_W, abs(one[1] - other[1]) / woven.HALF_H
        assert across + down >= 2
