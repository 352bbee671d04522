"""`POST /api/v1/pos/sales`: the till's script, or another till, sends a bill; twice is once."""

import json
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from kernel.actors import actor_of
from kernel.errors import DomainError
from marketplace.pos import selectors, services
from marketplace.pos.access import clerk
from marketplace.pos.domain import read_scan

LINES_MAX = 100


def _bad(code: str) -> HttpResponse:
    return JsonResponse({"code": code}, status=HTTPStatus.BAD_REQUEST)


def _lines(body: dict[str, Any]) -> list[services.BillLine] | None:
    rows = body.get("lines")
    if not isinstance(rows, list) or not 0 < len(rows) <= LINES_MAX:
        return None
    lines = []
    for row in rows:
        if not isinstance(row, dict):
            return None
        product, quantity, lot = row.get("product"), row.get("quantity"), row.get("lot", "")
        whole = all(isinstance(n, int) and not isinstance(n, bool) and 0 < n < 10**9 for n in (product, quantity))
        if not whole or not isinstance(lot, str):
            return None
        lines.append(services.BillLine(product, quantity, lot[:60]))
    return lines


@clerk
@require_POST
def sales(request: HttpRequest) -> HttpResponse:
    try:
        body = json.loads(request.body)
    except ValueError:
        return _bad("not_json")
    key = body.get("key") if isinstance(body, dict) else None
    if not isinstance(key, str) or not 8 <= len(key) <= 60:
        return _bad("no_key")
    lines, payment = _lines(body), body.get("payment")
    given = body.get("cash_given")
    wrong_cash = given is not None and (not isinstance(given, int) or isinstance(given, bool) or not 0 <= given < 10**9)
    if lines is None or payment not in ("cash", "vietqr") or wrong_cash:
        return _bad("bad_bill")
    wanted = body.get("point") or request.point.slug
    point = next((p for p in request.points if p.slug == wanted), None)
    if point is None:
        # A bill kept by a till whose clerk has left that counter since: never book it elsewhere.
        return JsonResponse({"code": "not_your_counter"}, status=HTTPStatus.NOT_FOUND)
    try:
        again = selectors.sale_known(point, key) is not None
        sale = services.sale_make(
            actor=actor_of(request), point=point, key=key, lines=lines, payment=payment, cash_given=given,
            age_checked=body.get("age_checked") is True,
        )  # fmt: skip
    except DomainError as error:
        return JsonResponse({"code": error.code, "message": error.text}, status=error.status)
    answer = {
        "number": sale.number, "total": sale.total, "change": sale.change, "paid": sale.is_paid,
        "receipt": reverse("pos:receipt", args=[sale.number]),
    }  # fmt: skip
    return JsonResponse(answer, status=HTTPStatus.OK if again else HTTPStatus.CREATED)


@clerk
@require_safe
def goods(request: HttpRequest) -> HttpResponse:
    """The shelf as it is now."""
    return JsonResponse({"goods": selectors.shelf(request.point)})


@clerk
@require_safe
def scan(request: HttpRequest) -> HttpResponse:
    """`?code=`: what a scanned text means."""
    found = read_scan(request.GET.get("code", "")[:400])
    if found is None:
        return JsonResponse({"code": "not_a_code"}, status=HTTPStatus.NOT_FOUND)
    return JsonResponse(selectors.resolve(found))
