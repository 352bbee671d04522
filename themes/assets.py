"""Page styles: the component sheets a kind of page uses, joined into one small file."""

import gzip
import hashlib
import json
import re
import time
from pathlib import Path
from urllib.parse import quote

from django.conf import settings

from themes import brand

FRAME = [
    "tokens",
    "brand",
    "base",
    "utilities",
    "layouts/page",
    *(
        f"components/{part}"
        for part in ["icon", "band", "button", "field", "header", "bar", "footer", "label", "notice", "picture"]
    ),
]

BUNDLES: dict[str, str] = {
    "page": "ocop card data facets order numbered story table map scan",
    "home": "ocop card hero map order numbered story",
    "list": "ocop card facets map",
    "product": "ocop card data buy passport map scan",
    "combo": "ocop card data buy order scan",
    "producer": "ocop card data map numbered story passport",
    "basket": "ocop card order data",
    "checkout": "order numbered data",
    "order": "ocop data order numbered passport print",
    "lookup": "ocop card scan data passport",
    "story": "ocop card numbered story data map facets",
    "village": "ocop card numbered story data map facets",
    "account": "ocop card data order table",
    "live": "ocop card work",
    "work": "ocop card data order table work map facets passport print",
    "till": "ocop card data table work print scan",
    "gallery": "ocop card hero map order numbered story data facets buy passport table work scan gallery",
}
# A scan in a field on 3G: the frame without what the page does not show.
LEAN = [sheet for sheet in FRAME if sheet.split("/")[-1] not in ("field", "bar", "footer", "label", "notice")]
LEAN_BUNDLES: dict[str, str] = {
    "passport": "field notice label ocop data map passport numbered print",
    "error": "label notice field facets",
}

URL = re.compile(r"url\(\s*[\"']?(?!data:)([^\"')]+)[\"']?\s*\)")

# What may stand as it is in a data address between double quotes; braces and semicolons would confuse minify().
SVG_SAFE = " '/:=,.-()@!*+&$?~_"


def sheets(name: str) -> list[str]:
    if name in LEAN_BUNDLES:
        return LEAN + [f"components/{part}" for part in LEAN_BUNDLES[name].split()]
    return FRAME + [f"components/{part}" for part in BUNDLES[name].split()]


def names() -> list[str]:
    return [*BUNDLES, *LEAN_BUNDLES]


def build_folder() -> Path:
    return Path(getattr(settings, "THEME_BUILD_DIR", brand.BASE / "static")) / "build"


def minify(css: str) -> str:
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,])\s*", r"\1", css)
    css = re.sub(r"(?<=[\w-]):\s+(?=[^{}]*[;}])", ":", css)
    return css.replace(";}", "}").strip()


def _rebased(css: str, sheet: str) -> str:
    """Addresses are written relative to their own sheet; the bundle lies one folder below the static root."""
    folder = Path("css") / Path(sheet).parent

    def rebase(match: re.Match[str]) -> str:
        parts: list[str] = []
        for part in (folder / match.group(1)).parts:
            if part == "..":
                parts.pop()
            else:
                parts.append(part)
        address = "/".join(parts)
        if address.endswith(".svg"):
            # Bands and signs of a few hundred bytes come along: one request less for each.
            drawing = brand.find(f"static/{address}").read_text(encoding="utf-8").strip().replace('"', "'")
            return f'url("data:image/svg+xml,{quote(drawing, safe=SVG_SAFE)}")'
        return f'url("../{address}")'

    return URL.sub(rebase, css)


def bundle_text(name: str) -> str:
    joined = []
    for sheet in sheets(name):
        path = brand.find(f"static/css/{sheet}.css")
        if path is not None:
            joined.append(_rebased(path.read_text(encoding="utf-8"), sheet))
        elif sheet != "brand":
            raise FileNotFoundError(f"style sheet {sheet}.css of the bundle {name!r} is missing")
    return minify("\n".join(joined))


def script_text() -> str:
    """The modules of the public pages in one file; each stands in its own scope."""
    entry = brand.find("static/js/main.js").read_text(encoding="utf-8")
    modules = re.findall(r'^import "\./(.+?)";$', entry, flags=re.M)
    texts = [brand.find(f"static/js/{module}").read_text(encoding="utf-8") for module in modules]
    plain = (re.sub(r"^\s+", "", re.sub(r"^\s*//.*\n", "", text, flags=re.M), flags=re.M) for text in texts)
    return "\n".join("{\n" + text + "}" for text in plain)


def build() -> dict[str, str]:
    """Write every bundle and the list of their names; files of earlier builds stay for pages still open."""
    folder = build_folder()
    folder.mkdir(parents=True, exist_ok=True)
    written = {}
    texts = {f"{name}.css": bundle_text(name) for name in names()} | {"main.js": script_text()}
    texts["icons.svg"] = brand.find("static/img/icons.svg").read_text(encoding="utf-8")
    for name, text in texts.items():
        stem, _, ending = name.rpartition(".")
        digest = hashlib.sha256(text.encode()).hexdigest()[:10]
        written[name] = f"build/{stem}.{digest}.{ending}"
        target = folder / f"{stem}.{digest}.{ending}"
        if not target.exists():
            target.write_text(text, encoding="utf-8")
            # Packed once here: the static server takes the .gz beside the file where browsers accept it.
            target.with_name(target.name + ".gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    (folder / "bundles.json").write_text(json.dumps(written, indent=1, sort_keys=True), encoding="utf-8")
    _loaded.clear()
    return written


_loaded: dict[str, dict[str, str]] = {}
_looked_at: dict[str, float] = {}


def _newest_source() -> float:
    folders = [folder / "static" / kind for folder in brand.folders() for kind in ("css", "js", "img")]
    return max(path.stat().st_mtime for folder in folders for path in folder.rglob("*.*"))


def bundle(name: str) -> str:
    """The path of a bundle below the static root. While developing it is built anew when a sheet changed."""
    index = build_folder() / "bundles.json"
    key = str(index)
    if key in _loaded and (not settings.DEBUG or time.monotonic() - _looked_at.get(key, 0) < 1):
        return _loaded[key][name]
    if not index.exists() or (settings.DEBUG and index.stat().st_mtime < _newest_source()):
        build()
    _looked_at[key] = time.monotonic()
    _loaded[key] = json.loads(index.read_text(encoding="utf-8"))
    return _loaded[key][name]


def version() -> str:
    """Changes whenever a bundle changes: the version of what browsers keep."""
    names = (build_folder() / "bundles.json").read_bytes() if bundle("page.css") else b""
    return hashlib.sha256(names).hexdigest()[:10]
