"""Pages for machines that index: sitemap, robots, product feed. They carry no stars that are not valid today."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.certification import selectors as certification
from catalog.pictures import selectors as pictures
from catalog.producers import selectors as producers
from catalog.products import selectors as products
from kernel import clock
from kernel.access import public
from kernel.pictures.addresses import picture_url
from marketplace.storefront import selectors
from marketplace.storefront.domain import SPIRITS_ABV
from marketplace.storefront.structured import absolute

BATCH = 500
LANGUAGES = ("vi", "en")


@dataclass(frozen=True)
class Entry:
    """A page for the sitemap: its path in Vietnamese, its path in English where there is one, its last change."""

    path: str
    path_en: str = ""
    changed: datetime | date | None = None


Source = Callable[[], Iterable[Entry]]
_sources: list[Source] = []


def sitemap_source(source: Source) -> Source:
    """Let pages of other parts (stories, villages, lists) into the sitemap; called in their AppConfig.ready."""
    if source not in _sources:
        _sources.append(source)
    return source


@sitemap_source
def shop_pages() -> Iterator[Entry]:
    """Lists, products, gift sets, producers."""
    for path in ("/", "/san-pham/", "/qua-tang/", "/nha-san-xuat/", "/tra-cuu/"):
        yield Entry(path, f"/en{path}")
    rows = products.pages().order_by("pk").values_list("slug", "combo__id", "date_updated")
    for slug, combo, changed in rows.iterator(BATCH):
        path = f"/qua-tang/{slug}/" if combo else f"/san-pham/{slug}/"
        yield Entry(path, f"/en{path}", changed)
    for slug in producers.pages().filter(is_placeholder=False).order_by("pk").values_list("slug", flat=True):
        yield Entry(f"/nha-san-xuat/{slug}/", f"/en/nha-san-xuat/{slug}/")


@public
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page with its twin in the other language."""
    return HttpResponse("".join(_sitemap()), content_type="application/xml; charset=utf-8")


def _sitemap() -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    yield 'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    for source in _sources:
        for entry in source():
            twins = {"vi": entry.path, **({"en": entry.path_en} if entry.path_en else {})}
            links = "".join(
                f'<xhtml:link rel="alternate" hreflang="{language}" href={quoteattr(absolute(path))}/>'
                for language, path in twins.items()
            )
            changed = f"<lastmod>{entry.changed:%Y-%m-%d}</lastmod>" if entry.changed else ""
            for path in twins.values():
                yield f"<url><loc>{escape(absolute(path))}</loc>{changed}{links}</url>\n"
    yield "</urlset>\n"


@public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Demonstration data stays out of every index; the real shop keeps private corners out."""
    if settings.DEMO:
        lines = ["User-agent: *", "Disallow: /"]
    else:
        closed = ("/gio-hang/", "/thanh-toan/", "/don-hang/", "/tai-khoan/", "/tim/", "/manh/", "/cms/", "/he-thong/")
        lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
        lines += [*(f"Disallow: /en{path}" for path in closed[:6]), f"Sitemap: {absolute('/sitemap.xml')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@public
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Goods for shopping engines (RSS 2.0 with Google's namespace), `?lang=en` in English. No spirits."""
    language = "en" if request.GET.get("lang") == "en" else "vi"
    with translation.override(language):
        text = "".join(_feed(language))
    return HttpResponse(text, content_type="application/xml; charset=utf-8")


def _feed(language: str) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>'
    yield f"<title>{escape(settings.SHOP_NAME)}</title><link>{escape(settings.SITE_URL)}/</link>"
    yield f"<description>OCOP Kon Tum</description><language>{language}</language>\n"
    ids = list(
        products.pages()
        .filter(combo=None)
        .exclude(abv_percent__gte=SPIRITS_ABV)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    for start in range(0, len(ids), BATCH):
        yield from _items(ids[start : start + BATCH])
    yield "</channel></rss>\n"


def _items(ids: list[int]) -> Iterator[str]:
    shelf = selectors.goods_of(ids)
    front = pictures.main_pictures(ids)
    stars = certification.current_stars(ids, clock.today())
    for pk in ids:
        if pk not in shelf:
            continue
        product, packs = shelf[pk].product, shelf[pk].packs
        title = selectors.words(product, "title")
        url = absolute(selectors.product_url(product.slug))
        for pack in packs:
            if pack.price is None:
                continue
            several = len(packs) > 1
            fields = {
                "g:id": str(pack.product_id),
                "title": f"{title}, {pack.label}" if pack.label else str(title),
                "description": str(selectors.words(product, "short") or title),
                "link": f"{url}?goi={pack.product_id}" if several else url,
                "g:price": f"{pack.price} VND",
                "g:availability": "in_stock" if pack.available > 0 else "out_of_stock",
                "g:condition": "new",
                "g:item_group_id": str(pk) if several else "",
                "g:gtin": pack.gtin,
                "g:brand": selectors.maker_of(product)[0],
                "g:image_link": _image(front.get(pk)),
                "g:shipping_weight": f"{pack.gross_g} g" if pack.gross_g else "",
                "g:adult": "yes" if product.is_alcohol else "",
                "g:custom_label_0": _("OCOP %(stars)s stars") % {"stars": stars[pk].stars} if pk in stars else "",
            }
            yield "<item>" + "".join(f"<{k}>{escape(v)}</{k}>" for k, v in fields.items() if v) + "</item>\n"


def _image(picture: object) -> str:
    return absolute(picture_url(picture, 800, "jpg")) if picture is not None and picture.ready else ""  # type: ignore[attr-defined, arg-type]
