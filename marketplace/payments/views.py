"""Notices from outside: the bank's and the card service's. Signed, kept once, always answered plainly."""

import hashlib
import hmac
import json
import time
from datetime import datetime
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from kernel import clock
from kernel.access import public
from marketplace.payments import services
from marketplace.payments.bank import Credit
from marketplace.payments.errors import BadSignature
from marketplace.payments.models import Receipt

TOLERANCE_SECONDS = 300
MAX_BYTES = 64 * 1024


@public
@csrf_exempt
@require_POST
def stripe(request: HttpRequest) -> HttpResponse:
    """Events of the card service. 400 for a wrong signature, so that it tries again; 200 for all it has signed."""
    if not settings.STRIPE_WEBHOOK_SECRET:
        return JsonResponse({"code": "not_set_up"}, status=HTTPStatus.SERVICE_UNAVAILABLE)
    try:
        outcome = services.event_take(body=request.body, signature=request.headers.get("Stripe-Signature", ""))
    except BadSignature as error:
        return JsonResponse({"code": error.code}, status=HTTPStatus.BAD_REQUEST)
    return JsonResponse({"outcome": outcome})


@public
@csrf_exempt
@require_POST
def bank(request: HttpRequest) -> HttpResponse:
    """A credit on our account: {"id", "amount", "content", "at", "account"}.

    `X-Signature` is the hex HMAC-SHA256 of `X-Timestamp` + "." + body with BANK_WEBHOOK_SECRET, at most 5 minutes old.
    """
    if not settings.BANK_WEBHOOK_SECRET:
        return JsonResponse({"code": "not_set_up"}, status=HTTPStatus.SERVICE_UNAVAILABLE)
    if len(request.body) > MAX_BYTES or not signature_fits(request):
        return JsonResponse({"code": "bad_signature"}, status=HTTPStatus.FORBIDDEN)
    try:
        data = json.loads(request.body)
        amount = data["amount"]
        if isinstance(amount, bool) or not isinstance(amount, int) or amount < 1:
            raise ValueError("amount")
        at = datetime.fromisoformat(data["at"]) if data.get("at") else clock.now()
        credit = Credit(
            str(data["id"])[:120], amount, str(data.get("content", ""))[:300], at if at.tzinfo else at.astimezone()
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return JsonResponse({"code": "bad_notice"}, status=HTTPStatus.BAD_REQUEST)
    if data.get("account") not in (None, "", settings.VIETQR_ACCOUNT):
        return JsonResponse({"outcome": "other_account"})
    receipt = services.credit_book(credit=credit, source=Receipt.Source.BANK)
    return JsonResponse({"outcome": receipt.problem or "booked"})


def signature_fits(request: HttpRequest) -> bool:
    stamp, given = request.headers.get("X-Timestamp", ""), request.headers.get("X-Signature", "")
    if not (stamp.isascii() and stamp.isdigit()) or abs(time.time() - int(stamp)) > TOLERANCE_SECONDS:
        return False
    made = hmac.new(settings.BANK_WEBHOOK_SECRET.encode(), f"{stamp}.".encode() + request.body, hashlib.sha256)
    return hmac.compare_digest(made.hexdigest(), given)
