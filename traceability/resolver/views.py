"""Digital Link addresses: a page for people, a linkset for machines, the QR code of either."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from kernel.access import public
from kernel.pagecache import cached_page
from traceability.identifiers.domain import DigitalLink, IdentifierError, link_for, parse_decoded_path
from traceability.labels.domain import qr_png, qr_svg
from traceability.lots.errors import LotNotFound
from traceability.lots.selectors import lot_by_short_code, lot_get, newest_lot, serial_known
from traceability.passports.providers import product_facts
from traceability.resolver import linkset as links
from traceability.resolver import pages
from traceability.resolver.words import rule_text

if TYPE_CHECKING:
    from traceability.lots.models import Lot

LINKSET = "application/linkset+json"


def absolute(path: str) -> str:
    return path if path.startswith(("http://", "https://")) else settings.SITE_URL.rstrip("/") + path


@public
@cached_page
@require_http_methods(["GET", "HEAD", "OPTIONS"])
def digital_link(request: HttpRequest, rest: str) -> HttpResponse:
    """``/01/<gtin>[/10/<lot>][/21/<serial>]``"""
    if request.method == "OPTIONS":
        return _open(HttpResponse(status=HTTPStatus.NO_CONTENT))
    try:
        link = parse_decoded_path(f"/01/{rest}", _query(request))
    except IdentifierError as error:
        return _open(_bad_request(request, error))
    return _open(_answer(request, link))


def _query(request: HttpRequest) -> str:
    """The query as sent; the page cache has dropped what pages may not read, identifiers among them."""
    return request.META.get("QUERY_STRING", "")


def _answer(request: HttpRequest, link: DigitalLink) -> HttpResponse:
    lot, serial = None, None
    if link.lot:
        try:
            lot = lot_get(gtin=link.gtin, code=link.lot)
        except LotNotFound:
            return _unknown(request, link)
    if link.serial:
        serial = serial_known(link.gtin, link.serial)
        if serial is None or (lot is not None and serial.lot_id != lot.pk):
            return _unknown(request, link)
        lot = lot or serial.lot
    link_type = request.GET.get("linkType", "")
    if link_type in ("linkset", "all") or wants_linkset(request):
        return _linkset(link, lot)
    if link_type:
        return _redirect(request, link, lot, link_type)
    if lot is None:
        page = pages.product_page(request, link.gtin)
        return page if page is not None else pages.unknown_page(request, link.gtin)
    response = pages.lot_page(request, lot, serial)
    response.headers["Link"] = f'<{absolute(link.path)}?linkType=linkset>; rel="linkset"; type="{LINKSET}"'
    return response


def wants_linkset(request: HttpRequest) -> bool:
    accept = request.headers.get("Accept", "")
    return LINKSET in accept or "application/linkset" in accept


def _linkset(link: DigitalLink, lot: Lot | None) -> HttpResponse:
    shop = product_facts(link.gtin)
    name = shop.get("name") or (lot.product_name if lot else "")
    if not name and lot is None:
        newest = newest_lot(link.gtin)
        if newest is None:
            return JsonResponse({"code": "not_found"}, status=HTTPStatus.NOT_FOUND)
        name = newest.product_name
    body = links.linkset(link, name=name, shop=shop, lot_known=lot is not None, absolute=absolute)
    response = JsonResponse(body, content_type=LINKSET, json_dumps_params={"ensure_ascii": False})
    response.headers["Link"] = links.CONTEXT_HEADER
    return response


def _redirect(request: HttpRequest, link: DigitalLink, lot: Lot | None, link_type: str) -> HttpResponse:
    """To the asked link type, the rest of the query passed on; 404 where there is no such link."""
    kind = links.type_of(link_type)
    target = links.target_of(kind, link.path, product_facts(link.gtin), lot is not None) if kind else ""
    if not target:
        return _unknown(request, link)
    kept = [*link.attributes, *((k, v) for k, v in link.other if k != "linkType")]
    if kept:
        head, _, fragment = target.partition("#")
        target = f"{head}{'&' if '?' in head else '?'}{urlencode(kept)}" + (f"#{fragment}" if fragment else "")
    response = HttpResponseRedirect(absolute(target), status=HTTPStatus.TEMPORARY_REDIRECT)
    response.headers["Link"] = f'<{absolute(link.path)}?linkType=linkset>; rel="linkset"; type="{LINKSET}"'
    return response


def _unknown(request: HttpRequest, link: DigitalLink) -> HttpResponse:
    if wants_linkset(request):
        return JsonResponse({"code": "not_found"}, status=HTTPStatus.NOT_FOUND)
    return pages.unknown_page(request, link.gtin, link.lot or "", link.serial or "")


def _bad_request(request: HttpRequest, error: IdentifierError) -> HttpResponse:
    if wants_linkset(request):
        return JsonResponse({"code": error.code, "message": rule_text(error)}, status=HTTPStatus.BAD_REQUEST)
    context = {"rule": rule_text(error), "rule_code": error.code, "no_alternates": True}
    return render(request, "traceability/bad-code.html", context, status=HTTPStatus.BAD_REQUEST)


def _open(response: HttpResponse) -> HttpResponse:
    """Anyone's page may ask a resolver (CORS)."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
    response.headers["Access-Control-Allow-Headers"] = "Accept, Accept-Language"
    return response


@public
@require_safe
def qr(request: HttpRequest, rest: str, form: str) -> HttpResponse:
    """The QR code of an identifier that is on record."""
    try:
        link = parse_decoded_path(f"/01/{rest}")
    except IdentifierError as error:
        return _bad_request(request, error)
    if link.lot:
        try:
            lot_get(gtin=link.gtin, code=link.lot)
        except LotNotFound:
            return _unknown(request, link)
    body, kind = (qr_svg, "image/svg+xml") if form == "svg" else (qr_png, "image/png")
    response = HttpResponse(body(absolute(link.path)), content_type=kind)
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


@public
@require_safe
def short(request: HttpRequest, code: str) -> HttpResponse:
    """``/t/<code>`` → the passport. The target is an id on record, never an address."""
    try:
        lot = lot_by_short_code(code)
    except LotNotFound:
        return pages.unknown_page(request, lot=code[:20])
    return HttpResponseRedirect(link_for(lot.gtin, lot.code).path)


@public
@require_safe
def well_known(request: HttpRequest) -> HttpResponse:
    return _open(JsonResponse(links.description(settings.SITE_URL)))
