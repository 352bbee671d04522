"""Money that needs a person: transfers without an order, statements, refunds by hand, carriers' cash, payouts."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kernel import clock
from kernel.actors import actor_of
from kernel.errors import DomainError, NotFound
from kernel.policies import require
from marketplace.orders.domain import number_read
from marketplace.payments import selectors, services
from marketplace.payments.policies import can_keep_books
from marketplace.settlement import selectors as ledger
from marketplace.settlement import services as settlement

MAX_FILE_BYTES = 5 * 1024 * 1024


def _number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0


def _found(row: Any) -> Any:
    if row is None:
        raise NotFound
    return row


def _back() -> HttpResponse:
    return HttpResponseRedirect(reverse("dashboard:order-money"))


def _say(request: HttpRequest, error: DomainError | None) -> HttpResponse:
    if error is not None:
        messages.error(request, error.text)
    else:
        messages.success(request, _("Done."))
    return _back()


@require_safe
def money(request: HttpRequest) -> HttpResponse:
    require(can_keep_books(actor_of(request)))
    owed = ledger.balances()
    names = ledger.partner_names(owed)
    context = {
        "unmatched": selectors.unmatched(),
        "problems": selectors.receipts_with_problem()[:50],
        "refunds": selectors.refunds_to_do()[:100],
        "cash": selectors.cod_entries("collected")[:100],
        "payouts": ledger.payouts()[:50],
        "owed": [(partner, names.get(partner, ""), amount) for partner, amount in owed.items() if amount > 0],
        "banks": selectors.statement_banks(),
    }
    return render(request, "marketplace/dashboard/money.html", context)


@require_POST
def statement(request: HttpRequest) -> HttpResponse:
    file = request.FILES.get("file")
    if file is None or (file.size or 0) > MAX_FILE_BYTES:
        messages.error(request, _("Choose a file of at most 5 MB."))
        return _back()
    try:
        receipts, errors = services.statement_import(
            actor=actor_of(request), name=file.name or "", data=file.read(), bank=request.POST.get("bank", "")
        )
    except DomainError as error:
        return _say(request, error)
    for error_row in errors[:20]:
        messages.warning(request, _("Row %(row)s: %(text)s") % {"row": error_row.row, "text": error_row.text})
    loose = sum(receipt.payment_id is None for receipt in receipts)
    messages.success(
        request, _("%(n)s credits read, %(loose)s of them without an order.") % {"n": len(receipts), "loose": loose}
    )
    return _back()


@require_POST
def match(request: HttpRequest) -> HttpResponse:
    """Propose (`receipt`, `order`), confirm or drop (`match`) which order a receipt belongs to."""
    actor = actor_of(request)
    try:
        if request.POST.get("do") == "propose":
            receipt = _found(selectors.receipt_by_id(_number(request, "receipt")))
            payment = selectors.payment_get(number_read(request.POST.get("order", "")) or "")
            services.match_propose(actor=actor, receipt=receipt, payment=payment)
        elif request.POST.get("do") == "drop":
            services.match_drop(actor=actor, match=_found(selectors.match_by_id(_number(request, "match"))))
        else:
            services.match_confirm(actor=actor, match=_found(selectors.match_by_id(_number(request, "match"))))
    except DomainError as error:
        return _say(request, error)
    return _say(request, None)


@require_POST
def refund(request: HttpRequest) -> HttpResponse:
    """A refund was transferred by hand."""
    actor = actor_of(request)
    require(can_keep_books(actor))
    row = _found(selectors.refund_by_id(_number(request, "refund")))
    services.refund_done(refund_id=row.pk, actor=actor, provider_ref=request.POST.get("bank_ref", ""))
    return _say(request, None)


@require_POST
def cod(request: HttpRequest) -> HttpResponse:
    """Carriers have handed over the cash of these deliveries."""
    actor = actor_of(request)
    require(can_keep_books(actor))
    for reference in request.POST.getlist("reference")[:200]:
        services.cod_remit(reference=reference[:36], actor=actor)
    return _say(request, None)


@require_POST
def payout(request: HttpRequest) -> HttpResponse:
    """Prepare (`partner`), approve or mark as paid (`payout`)."""
    actor, wanted = actor_of(request), request.POST.get("do")
    try:
        if wanted == "prepare":
            settlement.payout_prepare(actor=actor, partner_id=_number(request, "partner"), until=clock.today())
        else:
            row = _found(ledger.payout_by_id(_number(request, "payout")))
            step = settlement.payout_approve if wanted == "approve" else settlement.payout_paid
            step(actor=actor, payout=row)
    except DomainError as error:
        return _say(request, error)
    return _say(request, None)
