"""Cards through Stripe. The browser's return never confirms: a signed event does, or `reconcile` asks.

Amounts are the đồng themselves (VND has no smaller unit). No transaction is open while the network is asked. Each
request carries an idempotency key, so that one that timed out after doing its work can be sent again.
"""

import json
from datetime import timedelta
from typing import Any

import stripe
import structlog
from django.conf import settings
from django.db import IntegrityError, transaction

from kernel import clock
from kernel.outbox import services as outbox
from kernel.outbox.handlers import register
from marketplace.payments.errors import AmountNotWhole, BadSignature, PaymentNotFound, ProviderDown
from marketplace.payments.models import Dispute, Payment, Receipt, Refund, StripeEvent
from marketplace.payments.services.core import receipt_add, refund_done, refund_failed, refund_request, whole

log = structlog.get_logger("ocop.payments.card")
CURRENCY = "vnd"
TIMEOUT_SECONDS = 8
SESSION_SECONDS = 31 * 60
TOLERANCE_SECONDS = 300


def client() -> stripe.StripeClient:
    """The client of the card service; STRIPE_API_BASE points it at a stand-in."""
    bases: Any = {"api": settings.STRIPE_API_BASE} if settings.STRIPE_API_BASE else None
    return stripe.StripeClient(
        settings.STRIPE_SECRET_KEY,
        base_addresses=bases,
        max_network_retries=2,
        http_client=stripe.RequestsClient(timeout=TIMEOUT_SECONDS),
    )


def session_open(*, reference: str, title: str, success_url: str, cancel_url: str, language: str) -> str:
    """The address of the page where this order is paid by card; asking again gives the same page.

    Raises: PaymentNotFound, ProviderDown.
    """
    payment = Payment.objects.filter(reference=reference, method=Payment.Method.CARD).first()
    if payment is None or payment.is_closed or payment.state != Payment.State.EXPECTED:
        raise PaymentNotFound
    item = {"currency": CURRENCY, "unit_amount": whole(payment.amount), "product_data": {"name": title}}
    params: Any = {
        "mode": "payment",
        "client_reference_id": reference,
        "metadata": {"reference": reference},
        "payment_intent_data": {"metadata": {"reference": reference}},
        "line_items": [{"quantity": 1, "price_data": item}],
        "success_url": success_url,
        "cancel_url": cancel_url,
        "locale": "vi" if language == "vi" else "en",
        "expires_at": int(payment.created_at.timestamp()) + SESSION_SECONDS,
    }
    try:
        session = client().v1.checkout.sessions.create(
            params, {"idempotency_key": f"session:{reference}:{payment.amount}"}
        )
    except stripe.StripeError as error:
        log.warning("card_session_failed", error=type(error).__name__)
        raise ProviderDown from error
    Payment.objects.filter(pk=payment.pk).update(session_ref=session.id)
    return str(session.url)


def event_take(*, body: bytes, signature: str) -> str:
    """Take one event of the webhook: check the signature, keep it once, act on it. Gives what came of it.

    Repeats change nothing; events of kinds we do not know are parked. Raises: BadSignature.
    """
    try:
        stripe.Webhook.construct_event(body, signature, settings.STRIPE_WEBHOOK_SECRET, TOLERANCE_SECONDS)
        event = json.loads(body)
        event_id, kind = str(event["id"]), str(event["type"])
    except (ValueError, KeyError, TypeError, stripe.SignatureVerificationError) as error:
        raise BadSignature from error
    with transaction.atomic():
        try:
            with transaction.atomic():
                row = StripeEvent.objects.create(event_id=event_id[:120], kind=kind[:80], payload=event)
        except IntegrityError:
            return "known"
        return _act(row)


def _act(row: StripeEvent) -> str:
    """Act on a kept event and note what came of it. Runs inside the transaction that keeps it."""
    handler = HANDLERS.get(row.kind)
    outcome = handler(row.payload.get("data", {}).get("object", {})) if handler else "parked"
    StripeEvent.objects.filter(pk=row.pk).update(outcome=outcome)
    return outcome


def session_seen(session: dict[str, Any]) -> str:
    """A checkout session, from an event or from asking: if it is paid, its money is booked once."""
    if session.get("payment_status") != "paid":
        return "not_paid"
    reference = session.get("client_reference_id") or (session.get("metadata") or {}).get("reference", "")
    payment = Payment.objects.filter(reference=reference or "").first()
    if payment is None:
        return "no_order"
    intent = str(session.get("payment_intent") or session.get("id"))
    if session.get("currency") != CURRENCY:
        return "wrong_currency"
    try:
        amount = whole(session.get("amount_total"))
    except AmountNotWhole:
        return "wrong_amount"
    known = Receipt.objects.filter(key=f"stripe:{intent}").exists()
    if not known and not payment.is_closed and payment.received == 0 and amount != payment.amount:
        return "wrong_amount"
    receipt = receipt_add(
        key=f"stripe:{intent}", source=Receipt.Source.CARD, amount=amount, reference=reference, provider_ref=intent
    )
    _again(intent)
    return receipt.problem or "booked"


def _again(intent: str) -> None:
    """Events about this payment that came before it could be known."""
    for row in StripeEvent.objects.filter(outcome="waiting").order_by("pk"):
        if row.payload.get("data", {}).get("object", {}).get("payment_intent") == intent:
            _act(row)


def _refund_seen(refund: dict[str, Any]) -> str:
    """A refund moved. One made outside the shop is booked as well, so that the books stay true."""
    ours = (refund.get("metadata") or {}).get("refund", "")
    intent = str(refund.get("payment_intent") or "")
    if not str(ours).isdigit():
        payment = Payment.objects.filter(provider_ref=intent).first() if intent else None
        if payment is None:
            return "waiting"
        if refund.get("status") not in ("succeeded", "pending") or refund.get("currency") != CURRENCY:
            return "ignored"
        made = refund_request(
            reference=payment.reference,
            amount=whole(refund.get("amount")),
            key=f"stripe:{refund['id']}",
            reason="made at the card service",
            send=False,
        )
        ours = made.pk
    if refund.get("status") == "succeeded":
        refund_done(refund_id=int(ours), provider_ref=str(refund.get("id", "")))
        return "refunded"
    if refund.get("status") in ("failed", "canceled"):
        refund_failed(refund_id=int(ours), provider_ref=str(refund.get("id", "")))
        return "refund_failed"
    return "refund_pending"


def _dispute_seen(dispute: dict[str, Any]) -> str:
    """A dispute is kept and updated; a person answers it."""
    payment = Payment.objects.filter(provider_ref=str(dispute.get("payment_intent") or "-")).first()
    if payment is None:
        return "waiting"
    known = Dispute.objects.filter(provider_ref=dispute["id"]).first()
    if known is not None and known.state in ("won", "lost"):
        return "dispute_over"
    Dispute.objects.update_or_create(
        provider_ref=dispute["id"],
        defaults={"payment": payment, "amount": whole(dispute["amount"]), "state": str(dispute.get("status", ""))[:40]},
    )
    return "dispute"


HANDLERS = {
    "checkout.session.completed": session_seen,
    "checkout.session.async_payment_succeeded": session_seen,
    "checkout.session.expired": lambda session: "expired",
    "refund.created": _refund_seen,
    "refund.updated": _refund_seen,
    "refund.failed": _refund_seen,
    "charge.dispute.created": _dispute_seen,
    "charge.dispute.updated": _dispute_seen,
    "charge.dispute.closed": _dispute_seen,
}


@register("payments.card_refund")
def card_refund(payload: dict[str, Any], key: str) -> None:
    """Handler of the outbox: ask the card service to pay back. Raises when it is down, so that it is tried again."""
    refund = Refund.objects.select_related("payment").get(pk=payload["refund"])
    if refund.state != Refund.State.REQUESTED or refund.provider_ref:
        return
    params: Any = {
        "payment_intent": refund.payment.provider_ref,
        "amount": whole(refund.amount),
        "metadata": {"refund": str(refund.pk), "reference": refund.payment.reference},
    }
    try:
        answer = client().v1.refunds.create(params, {"idempotency_key": f"refund:{refund.pk}"})
    except stripe.InvalidRequestError as error:
        log.error("card_refund_refused", refund=refund.pk, error=type(error).__name__)
        refund_failed(refund_id=refund.pk)
        return
    Refund.objects.filter(pk=refund.pk).update(provider_ref=str(answer.id))
    if answer.status == "succeeded":
        refund_done(refund_id=refund.pk, provider_ref=str(answer.id))


def sessions_check(limit: int = 50) -> int:
    """Ask the card service about orders whose money should have come; returns how many were paid.

    For events that were lost: a paid session is booked just as its event would have done.
    """
    waiting = Payment.objects.filter(method=Payment.Method.CARD, received=0).exclude(session_ref="")
    since = clock.now() - timedelta(days=2)
    paid = 0
    for payment in waiting.filter(created_at__gte=since).order_by("-pk")[:limit]:
        try:
            session = client().v1.checkout.sessions.retrieve(payment.session_ref)
        except stripe.StripeError as error:
            log.warning("card_check_failed", error=type(error).__name__)
            continue
        paid += session_seen(session.to_dict()) == "booked"
    return paid


def refunds_send_again() -> int:
    """Card refunds that are owed but have no message in the outbox get one; returns how many."""
    owed = Refund.objects.filter(
        state=Refund.State.REQUESTED, provider_ref="", payment__method=Payment.Method.CARD
    ).exclude(payment__provider_ref="")
    for refund in owed:
        outbox.put(topic="payments.card_refund", key=f"refund:{refund.pk}", payload={"refund": refund.pk})
    return owed.count()
