"""The shop's pages: read the address, ask one selector, show one template."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from catalog.certification import selectors as certification
from catalog.pictures import selectors as pictures
from catalog.producers import selectors as producers
from catalog.products import selectors as products
from kernel import clock
from kernel.access import public
from kernel.pagecache import cached_page
from marketplace.storefront import selectors
from marketplace.storefront.domain import SPIRITS_ABV
from marketplace.storefront.errors import NotSoldOut, TooManyWishes
from marketplace.storefront.forms import LookupForm, WishForm, whole_number
from marketplace.storefront.lookup import look_up
from marketplace.storefront.structured import combo_data, producer_data, product_data
from marketplace.storefront.wishes import wish_put
from traceability.identifiers.weave import weave

FOLDER = "marketplace/storefront"
_weave = lru_cache(maxsize=2000)(weave)
HOME_PROVINCE = "51"


@public
@require_safe
@cached_page
def product(request: HttpRequest, slug: str) -> HttpResponse:
    """One product with all its sizes; `?goi=` chooses a size, `?tinh=` asks what delivery to a province costs."""
    page = selectors.product_page(slug, pack_id=whole_number(request.GET.get("goi")))
    if page is None:
        return _moved(slug)
    url = selectors.product_url(page.product.slug)
    province = request.GET.get("tinh") or HOME_PROVINCE
    context = {
        "page": page,
        "url": url,
        "crumbs": [*page.trail, {"text": page.name}],
        "facts": product_facts(page),
        "packs": pack_choices(page, url),
        "stock": selectors.stock_words(page.stock),
        "lots": [lot_row(lot) for lot in page.lots[:6]],
        "spirits": page.product.abv_percent is not None and page.product.abv_percent >= SPIRITS_ABV,
        "jsonld": product_data(page, url, clock.today()),
        "unit": selectors.unit_line(page.pack),
        "provinces": selectors.provinces(),
        "delivery": selectors.delivery_to(page.pack, province),
        "chosen_province": province,
        "place": page.product.commune or (page.product.producer.commune if page.product.producer else None),
    }
    return render(request, f"{FOLDER}/product.html", context)


@public
@require_safe
@cached_page
def combo(request: HttpRequest, slug: str) -> HttpResponse:
    """One gift set."""
    page = selectors.combo_page(slug)
    if page is None:
        return _moved(slug)
    url = selectors.product_url(slug, combo=True)
    context = {
        "page": page,
        "url": url,
        "crumbs": [*page.trail, {"text": page.name}],
        "stock": selectors.stock_words(page.stock),
        "jsonld": combo_data(page, url),
    }
    return render(request, f"{FOLDER}/combo.html", context)


@public
@require_safe
@cached_page
def producer(request: HttpRequest, slug: str) -> HttpResponse:
    """One producer with its goods."""
    page = selectors.producer_page(slug)
    if page is None:
        target = selectors.former_target("producer", slug)
        now = producers.pages().filter(pk=target).values_list("slug", flat=True).first() if target else None
        if now is None:
            raise Http404
        return HttpResponsePermanentRedirect(selectors.producer_url(now))
    url = selectors.producer_url(slug)
    trail = [{"url": selectors.address("/nha-san-xuat/"), "text": _("Producers")}]
    context = {
        "page": page,
        "url": url,
        "crumbs": [*trail, {"text": page.name}],
        "jsonld": producer_data(page, url, trail),
    }
    return render(request, f"{FOLDER}/producer.html", context)


@public
@require_safe
@never_cache
def lookup(request: HttpRequest) -> HttpResponse:
    """Look up a number, name or code; what means exactly one thing leads to it."""
    form = LookupForm(request.GET)
    form.is_valid()
    text = form.cleaned_data.get("q", "") if form.is_valid() else ""
    found = look_up(text)
    if found.only is not None:
        return redirect(found.only.url)
    status = 404 if text and not found.hits and not found.problem else 400 if found.problem or form.errors else 200
    context = {"form": form, "text": text, "found": found, "hide_search": True}
    return render(request, f"{FOLDER}/lookup.html", context, status=status)


@public
@require_safe
@cached_page
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """One certificate as it stands today."""
    found = certification.certificate_by_number(number)
    if found is None:
        raise Http404
    state = found.state_on(clock.today())
    owner = found.product
    front = pictures.main_pictures([owner.pk]).get(owner.pk)
    context = {
        "certificate": found,
        "state": state,
        "current": certification.gives_stars(found, clock.today()),
        "product": owner,
        "name": selectors.words(owner, "title"),
        "product_url": selectors.product_url(owner.slug) if owner.is_public else "",
        "picture": front,
        "crumbs": [
            {"url": reverse("storefront:lookup"), "text": _("Look up")},
            {"text": found.number},
        ],
    }
    return render(request, f"{FOLDER}/certificate.html", context)


@public
@require_POST
def wish(request: HttpRequest) -> HttpResponse:
    """Tell me when it is back: from the page of a size that is sold out."""
    form = WishForm(request.POST)
    product = None
    number = whole_number(request.POST.get("product_id"))
    if number:
        goods = next(iter(selectors.goods_by_pack([number]).values()), None)
        product = goods.product if goods else None
    if product is None:
        raise Http404
    done = False
    if form.is_valid():
        try:
            if not form.cleaned_data["website"]:
                wish_put(product_id=number or 0, phone=form.cleaned_data["phone"], language=get_language() or "vi")
            done = True
        except (NotSoldOut, TooManyWishes) as refusal:
            form.add_error(None, refusal.text)
    context = {
        "form": form,
        "done": done,
        "name": selectors.words(product, "title"),
        "url": selectors.product_url(product.slug),
    }
    response = render(request, f"{FOLDER}/wish.html", context, status=200 if done else 422)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@public
@require_safe
@never_cache
def fragment(request: HttpRequest) -> JsonResponse:
    """What kept pages may not say: how many lie in the basket, how many of a size are left (`?sp=12,13`)."""
    asked = [n for n in (whole_number(part) for part in request.GET.get("sp", "").split(",")[:24]) if n]
    left = selectors.exact_stock(asked) if asked else {}
    basket = getattr(request, "basket", None)
    count = basket.num_items if basket is not None and basket.pk else 0
    response = JsonResponse({"count": count, "left": left})
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _moved(slug: str) -> HttpResponse:
    """Lead from a former address, from a size to its product, and from a set to its own page."""
    target = selectors.former_target("product", slug)
    found = products.by_id(target) if target else products.by_slug(slug)
    if found is None:
        raise Http404
    owner = found.parent or found
    url = selectors.product_url(owner.slug, combo=getattr(owner, "combo", None) is not None)
    return HttpResponsePermanentRedirect(f"{url}?goi={found.pk}" if found.parent_id else url)


def pack_choices(page: selectors.ProductPage, url: str) -> list[dict[str, Any]]:
    """The sizes as links, for `components/pack-chooser.html`; none where there is only one."""
    if len(page.packs) < 2:
        return []
    return [
        {
            "url": f"{url}?goi={pack.product_id}",
            "text": pack.label,
            "price": pack.price,
            "selected": page.pack is not None and pack.product_id == page.pack.product_id,
            "available": min(pack.available, 1),
        }
        for pack in page.packs
        if pack.price is not None
    ]


def product_facts(page: selectors.ProductPage) -> list[dict[str, Any]]:
    """Names and values of the data list."""
    thing = page.product
    rows: list[dict[str, Any]] = []

    def add(name: str, value: Any) -> None:
        if value:
            rows.append({"name": name, "value": value, "lang": getattr(value, "lang", "")})

    add(_("Ingredients"), selectors.words(thing, "ingredients"))
    add(_("Allergens"), selectors.words(thing, "allergens"))
    if page.pack:
        add(_("Pack"), page.pack.label)
    if thing.abv_percent:
        add(_("Alcohol"), _("%(abv)s %% by volume") % {"abv": f"{thing.abv_percent:g}"})
    add(_("Shelf life"), shelf_life(thing.shelf_life_days))
    add(_("Storage"), selectors.words(thing, "storage"))
    add(_("How to use"), selectors.words(thing, "usage"))
    add(_("In season"), months(thing.season_months))
    if page.pack and page.pack.gtin:
        add(_("Barcode"), barcode(page.pack.gtin))
    return rows


def barcode(gtin: str) -> str:
    """The digits as they stand under the bars: 13 of them where the first of 14 is a zero."""
    return gtin[1:] if len(gtin) == 14 and gtin.startswith("0") else gtin


def shelf_life(days: int | None) -> str:
    """365 -> 12 months, 90 -> 3 months, 10 -> 10 days."""
    if not days:
        return ""
    if days >= 60:
        return _("%(n)s months from packing") % {"n": round(days * 12 / 365)}
    return _("%(n)s days from packing") % {"n": days}


def months(numbers: list[int] | None) -> str:
    """[11, 12, 1] -> "tháng 11, 12, 1"."""
    if not numbers:
        return ""
    return _("month %(list)s") % {"list": ", ".join(str(n) for n in numbers)}


def lot_row(lot: Any) -> dict[str, Any]:
    """A lot for `components/lot-row.html`; how many are left is not said on a kept page."""
    return {
        "code": lot.code,
        "url": selectors.address(lot.url),
        "packed_on": lot.packed_at,
        "use_by": lot.expires_on,
        "weave": _weave(lot.gtin, lot.code),
        "available": None,
    }
