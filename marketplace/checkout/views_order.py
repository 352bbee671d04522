"""What a buyer does on his order that needs the forms of checkout: another address, the same goods again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kernel.access import public
from kernel.actors import actor_of
from kernel.errors import DomainError
from marketplace.baskets import selectors as baskets
from marketplace.baskets import services as basket_services
from marketplace.checkout.cookies import keep_basket
from marketplace.checkout.forms import DeliveryForm
from marketplace.checkout.views_basket import see_other
from marketplace.orders import selectors, services


def _link(order: object) -> str:
    return reverse("orders:order", kwargs={"number": order.number}) + f"?k={order.access_key}"  # type: ignore[attr-defined]


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest, number: str) -> HttpResponse:
    order = selectors.order_by_link(number, request.POST.get("k") or request.GET.get("k", ""))
    if request.method != "POST":
        initial = {
            "phone": order.buyer_phone,
            "name": order.buyer_name,
            "commune_text": order.place_text,
            "commune": order.commune_code,
            "street": order.street,
            "note": order.note,
        }
        form = DeliveryForm(initial=initial)
        return render(request, "marketplace/checkout/address.html", {"form": form, "order": order})
    form = DeliveryForm(request.POST)
    valid = form.is_valid()
    if request.POST.get("step") == "communes":
        form.errors.clear()
        return render(request, "marketplace/checkout/address.html", {"form": form, "order": order})
    if not valid:
        return render(request, "marketplace/checkout/address.html", {"form": form, "order": order}, status=422)
    try:
        services.address_change(order=order, actor=actor_of(request), buyer=form.buyer(), place=form.place())
    except DomainError as error:
        messages.error(request, error.text)
    else:
        messages.success(request, _("The new address is noted."))
    return see_other(_link(order))


@public
@never_cache
@require_POST
def again(request: HttpRequest, number: str) -> HttpResponse:
    """Put the goods of an order into the basket once more; what is no longer sold is named."""
    order = selectors.order_by_link(number, request.POST.get("k", ""))
    basket = baskets.basket_of(request)
    owner = request.user if request.user.is_authenticated else None
    missing, seen = [], set()
    for line in order.lines.order_by("pk"):
        product_id, quantity, title = line.product_id, line.quantity, line.title
        if line.bundle_key:
            if line.bundle_key in seen:
                continue
            seen.add(line.bundle_key)
            product_id, quantity, title = line.bundle_product_id, line.bundle_quantity, line.bundle_title
        try:
            basket = basket_services.add(
                basket=basket, owner=owner, product_id=product_id or 0, quantity=min(quantity, 99)
            )
        except DomainError:
            missing.append(title)
    if missing:
        messages.warning(request, _("No longer sold: %(names)s") % {"names": ", ".join(missing)})
    return keep_basket(request, see_other(reverse("basket:basket")), basket)
