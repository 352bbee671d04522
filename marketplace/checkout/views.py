"""Checkout on one page, and the page that thanks."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kernel.access import public
from kernel.actors import actor_of
from kernel.errors import DomainError
from marketplace.baskets import selectors as baskets
from marketplace.baskets import services as basket_services
from marketplace.checkout.cookies import keep_basket
from marketplace.checkout.forms import CheckoutForm, commune_of
from marketplace.checkout.selectors import BasketPage, basket_page
from marketplace.checkout.views_basket import HOME_COMMUNE, HOME_PROVINCE, see_other
from marketplace.checkout.views_card import card_page
from marketplace.inventory.errors import SoldOut
from marketplace.orders import selectors as orders
from marketplace.orders import services
from marketplace.orders.errors import TotalChanged
from marketplace.payments import selectors as payments

HOME: dict[str, Any] = {"commune_code": HOME_COMMUNE, "province_code": HOME_PROVINCE}
VOUCHER_ERRORS = {
    "unknown": gettext_lazy("We do not know this code. Look at each letter."),
    "over": gettext_lazy("This code is no longer valid."),
    "used": gettext_lazy("This code has been used."),
    "small": gettext_lazy("The basket is too small for this code."),
    "none": gettext_lazy("This code does not apply to anything in the basket."),
}


def thanks_url(order: Any) -> str:
    return reverse("checkout:thanks", kwargs={"number": order.number}) + f"?k={order.access_key}"


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def checkout(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        first = orders.order_by_submit(request.POST.get("key", "")[:64])
        if first is not None:
            return see_other(next_url(first))
    basket = baskets.basket_of(request)
    rows = rows_to_order(basket)
    if not rows:
        return see_other(reverse("basket:basket"))
    if request.method == "POST":
        return _submit(request, basket, rows)
    page = basket_page(rows, **HOME)
    if not page.buyable:
        return see_other(reverse("basket:basket"))
    form = CheckoutForm(initial={"key": uuid.uuid4().hex, "province": "", **_known_buyer(request)})
    form.ask_age(page.has_alcohol)
    return _show(request, form, page)


def rows_to_order(basket: Any) -> list[Any]:
    """What is ordered now: goods held in a live sale come first and by themselves, before their time runs out."""
    rows = [row for row in baskets.lines_of(basket) if not row.is_saved]
    held = next((row for row in rows if row.is_held), None)
    return [held] if held else rows


def _known_buyer(request: HttpRequest) -> dict[str, str]:
    """What a signed-in buyer need not type again."""
    user = request.user
    if not user.is_authenticated:
        return {}
    known = {"phone": user.phone or "", "name": user.full_name, "email": user.email or ""}
    last = orders.orders_of_user(user).exclude(street="").first()
    if last is not None:
        known |= {"street": last.street, "commune_text": last.place_text, "commune": last.commune_code}
        known |= {"phone": known["phone"] or last.buyer_phone, "name": known["name"] or last.buyer_name}
    return known


def _submit(request: HttpRequest, basket: Any, rows: list[Any]) -> HttpResponse:
    step = request.POST.get("step", "")
    code = request.POST.get("voucher", "").strip()
    form = CheckoutForm(request.POST)
    form.is_valid()
    where = form.where() or HOME
    page = basket_page(rows, **where, voucher_code=code, phone=form.cleaned_data.get("phone", ""))
    form.ask_age(page.has_alcohol)
    valid = form.is_valid()
    if step in ("communes", "voucher"):
        form.errors.clear()
        if step == "voucher":
            _voucher_error(form, page)
        return _show(request, form, page)
    if page.quote is not None and page.quote.voucher_error:
        _voucher_error(form, page)
        valid = False
    if not valid or page.quote is None:
        return _show(request, form, page, status=422)
    return _place(request, form, page, basket, rows)


def _voucher_error(form: CheckoutForm, page: BasketPage) -> None:
    error = page.quote.voucher_error if page.quote else ""
    if error:
        form.add_error("voucher", str(VOUCHER_ERRORS.get(error, VOUCHER_ERRORS["unknown"])))


def _place(request: HttpRequest, form: CheckoutForm, page: BasketPage, basket: Any, rows: list[Any]) -> HttpResponse:
    data = form.cleaned_data
    try:
        order = services.order_place(
            actor=actor_of(request),
            wishes=[line.wish for line in page.buyable],
            buyer=form.buyer(),
            place=form.place(),
            method=data["method"],
            idempotency_key=data["key"],
            language=get_language() or "vi",
            adult_confirmed=bool(data.get("adult")),
            voucher_code=data["voucher"],
            expected_total=data["total"] or 0,
            ref=next((row.ref for row in rows if row.ref), ""),
            basket_id=basket.pk,
            invoice=form.invoice(),
            quote=page.quote,
            **_live(rows),
        )
    except SoldOut as error:
        names = {line.product_id: line.name for line in page.buyable}
        name = names.get(error.params.get("product_id"), "")  # type: ignore[call-overload]
        form.add_error(None, _("Somebody was faster: %(name)s") % {"name": f"{name}. {error.text}"})
        return _show(request, form, _again(form, rows), status=error.status)
    except (TotalChanged, DomainError) as error:
        form.add_error(None, error.text)
        return _show(request, form, _again(form, rows), status=error.status)
    basket_services.close(basket=basket, line_ids=[line.pk for line in page.buyable])
    return keep_basket(request, see_other(card_page(order) or next_url(order)), basket)


def _live(rows: list[Any]) -> dict[str, str]:
    """Goods that a live sale holds already are taken over from it."""
    if not rows or not rows[0].is_held:
        return {}
    return {"channel": "live", "session_ref": rows[0].ref, "hold_key": rows[0].hold_key}


def next_url(order: Any) -> str:
    """Where the buyer goes once the order stands: the card service for cards, else the page that thanks."""
    if order.payment_method == "card" and order.status == "awaiting_payment":
        return reverse("checkout:card", kwargs={"number": order.number}) + f"?k={order.access_key}"
    return thanks_url(order)


def _again(form: CheckoutForm, rows: list[Any]) -> BasketPage:
    """The page after a refusal, with today's stock and prices."""
    data = form.cleaned_data
    return basket_page(rows, **form.where(), voucher_code=data.get("voucher", ""), phone=data.get("phone", ""))


def _show(request: HttpRequest, form: CheckoutForm, page: BasketPage, status: int = 200) -> HttpResponse:
    context = {"form": form, "page": page, "place_known": bool(form.where()) if form.is_bound else False}
    return render(request, "marketplace/checkout/checkout.html", context, status=status)


@public
@never_cache
@require_safe
def fee(request: HttpRequest) -> HttpResponse:
    """The sum of the basket for a commune (`?xa=code`) or a sales point (`?diem=slug`), as the page shows it."""
    unit = commune_of(request.GET.get("xa", "")[:10])
    where: dict[str, Any] = {"commune_code": unit.code, "province_code": unit.parent.code} if unit else {}
    if request.GET.get("diem"):
        where = {"pickup": True}
    page = basket_page(
        rows_to_order(baskets.basket_of(request)), **(where or HOME), voucher_code=request.GET.get("ma", "")[:40]
    )
    return render(request, "marketplace/checkout/sum.html", {"page": page, "place_known": bool(where)})


@public
@never_cache
@require_safe
def thanks(request: HttpRequest, number: str) -> HttpResponse:
    order = orders.order_by_link(number, request.GET.get("k", ""))
    context = {"order": order, "parts": list(order.seller_orders.all()), "slip": None}
    if order.status == "awaiting_payment":
        context["slip"] = payments.transfer_slip(order.number)
    return render(request, "marketplace/checkout/thanks.html", context)
