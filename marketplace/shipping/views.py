"""Notices of the carrier about parcels."""

import hashlib
import hmac
import json
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from kernel.access import public
from marketplace.shipping.carriers import NOTICES
from marketplace.shipping.signals import carrier_notice

MAX_BYTES = 64 * 1024


@public
@csrf_exempt
@require_POST
def notice(request: HttpRequest) -> HttpResponse:
    """{"tracking_code", "status", "reason"}, signed: `X-Signature` is the hex HMAC-SHA256 of the body."""
    if not settings.CARRIER_WEBHOOK_SECRET:
        return JsonResponse({"code": "not_set_up"}, status=HTTPStatus.SERVICE_UNAVAILABLE)
    made = hmac.new(settings.CARRIER_WEBHOOK_SECRET.encode(), request.body, hashlib.sha256).hexdigest()
    if len(request.body) > MAX_BYTES or not hmac.compare_digest(made, request.headers.get("X-Signature", "")):
        return JsonResponse({"code": "bad_signature"}, status=HTTPStatus.FORBIDDEN)
    try:
        data = json.loads(request.body)
        code, word = str(data["tracking_code"])[:60], str(data["status"])
        text = str(data.get("reason") or "")[:200]
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"code": "bad_notice"}, status=HTTPStatus.BAD_REQUEST)
    state = NOTICES.get(word)
    if state is None:
        return JsonResponse({"outcome": "unknown_status"})
    answers = carrier_notice.send(sender=None, tracking_code=code, state=state, text=text)
    return JsonResponse({"outcome": "moved" if any(done for _, done in answers) else "nothing"})
