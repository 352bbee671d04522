"""Listing goods and keeping price and stock true."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalog.pictures.selectors import galleries
from kernel.access import wants_json
from kernel.errors import DomainError
from kernel.pictures.selectors import pictures_by_id
from marketplace.desk import selectors, services
from marketplace.desk.access import frame, member_of_producer
from marketplace.desk.domain import PICTURES_MAX
from marketplace.desk.forms import CountForm, ListingForm, PriceForm
from marketplace.desk.services.listing import pictures_of, store_of, token_of, values_of


@member_of_producer
@require_safe
def goods(request: HttpRequest) -> HttpResponse:
    desk = request.desk
    drafts = selectors.revisions_of(desk).exclude(state__in=("approved", "withdrawn"))
    context = frame(request, "goods", goods=selectors.shelf(desk), drafts=drafts)
    return render(request, "marketplace/desk/goods.html", context)


@member_of_producer
def listing_new(request: HttpRequest) -> HttpResponse:
    return _listing(request, product=None, revision=None)


@member_of_producer
def listing_edit(request: HttpRequest, key: str) -> HttpResponse:
    revision = selectors.revision_get(request.desk, key)
    return _listing(request, product=revision.product, revision=revision)


@member_of_producer
def listing_change(request: HttpRequest, pk: int) -> HttpResponse:
    """A change of a live product: the live version stays until the office has read it."""
    product = selectors.product_of(request.desk, pk)
    if product is None:
        raise Http404
    return _listing(request, product=product, revision=None)


def _listing(request: HttpRequest, *, product: Any, revision: Any) -> HttpResponse:
    desk = request.desk
    kind = {"is_new": product is None, "is_parent": bool(product and product.is_parent)}
    if request.method == "POST":
        form = ListingForm(request.POST, **kind)
        photos = pictures_of(desk.producer, request.POST.getlist("photo"))
        try:
            for file in request.FILES.getlist("photos")[:PICTURES_MAX]:
                photos.append(services.picture_keep(actor=desk.actor, producer=desk.producer, file=file)[0])
        except DomainError as error:
            form.add_error(None, error.params.get("message") or error.text)
        if form.is_valid():
            saved = services.listing_save(
                actor=desk.actor,
                producer=desk.producer,
                product=product,
                revision=revision,
                data=form.listing(),
                pictures=photos,
                price=form.cleaned_data.get("price"),
                quantity=form.cleaned_data.get("quantity"),
            )
            return HttpResponseRedirect(reverse("desk:listing-preview", args=[saved.key]))
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    else:
        values = revision.data if revision else values_of(product) if product else {}
        form = ListingForm(initial=_initial(values, revision), **kind)
        photos = list(revision.pictures) if revision else _live_pictures(product)
        status = HTTPStatus.OK
    context = frame(
        request,
        "goods",
        form=form,
        product=product,
        revision=revision,
        photos=_photos(desk, photos),
        prefills=selectors.prefills(),
        answers=_answers(form, revision),
        slots=range(max(0, PICTURES_MAX - len(photos))),
    )
    return render(request, "marketplace/desk/listing.html", context, status=status)


def _initial(values: dict[str, Any], revision: Any) -> dict[str, Any]:
    first = {name: value for name, value in values.items() if value not in (None, "")}
    for column, unit in (("net_g", "g"), ("net_ml", "ml")):
        if values.get(column):
            first |= {"net": values[column], "unit": unit}
    if revision:
        first |= {"price": revision.price, "quantity": revision.quantity}
    return first


def _live_pictures(product: Any) -> list[int]:
    return [picture.pk for picture in galleries([product.pk]).get(product.pk, [])] if product else []


def _photos(desk: Any, ids: list[int]) -> list[dict[str, Any]]:
    found = pictures_by_id(ids)
    return [{"picture": found[pk], "token": token_of(desk.producer, pk)} for pk in ids if pk in found]


def _answers(form: ListingForm, revision: Any) -> list[tuple[str, str]]:
    """What the office asks to mend, with the label of each field."""
    if revision is None or not revision.answers:
        return []
    return [
        (str(form.fields[name].label) if name in form.fields else _("Photos"), text)
        for name, text in revision.answers.items()
    ]


@member_of_producer
def listing_preview(request: HttpRequest, key: str) -> HttpResponse:
    """As a shopper will see it; sent to the office from here."""
    desk = request.desk
    revision = selectors.revision_get(desk, key)
    if request.method == "POST":
        try:
            services.listing_submit(actor=desk.actor, revision=revision)
        except DomainError as error:
            messages.error(request, error.text)
            return HttpResponseRedirect(reverse("desk:listing-edit", args=[revision.key]))
        messages.success(request, _("Sent to the office. You will see the answer here."))
        return HttpResponseRedirect(reverse("desk:goods"))
    context = frame(request, "goods", revision=revision, photos=_photos(desk, revision.pictures))
    return render(request, "marketplace/desk/preview.html", context)


@member_of_producer
@require_POST
def listing_drop(request: HttpRequest, key: str) -> HttpResponse:
    services.listing_withdraw(actor=request.desk.actor, revision=selectors.revision_get(request.desk, key))
    return HttpResponseRedirect(reverse("desk:goods"))


@member_of_producer
@require_POST
def photo_add(request: HttpRequest) -> HttpResponse:
    """One photo, sent by the script as soon as it is taken: {"token", "id"}."""
    file = request.FILES.get("photo")
    if file is None:
        return JsonResponse({"code": "empty"}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        pk, token = services.picture_keep(actor=request.desk.actor, producer=request.desk.producer, file=file)
    except DomainError as error:
        text = str(error.params.get("message") or error.text)
        return JsonResponse({"code": error.code, "message": text}, status=error.status)
    return JsonResponse({"id": pk, "token": token}, status=HTTPStatus.CREATED)


def _pack(request: HttpRequest, pk: int) -> selectors.Goods:
    found = selectors.pack_of(request.desk, pk)
    if found is None:
        raise Http404
    return found


@member_of_producer
def price(request: HttpRequest, pk: int) -> HttpResponse:
    desk, pack = request.desk, _pack(request, pk)
    form = PriceForm(request.POST or None, initial={"price": pack.price, "floor": pack.floor})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        services.price_change(actor=desk.actor, producer=desk.producer, product=pack.product, price=given["price"])
        services.floor_set(actor=desk.actor, producer=desk.producer, product=pack.product, price=given["floor"])
        messages.success(request, _("The new price holds from now on."))
        return HttpResponseRedirect(reverse("desk:goods"))
    return _one_form(request, form, title=_("Price"), pack=pack)


@member_of_producer
@require_POST
def sold_out(request: HttpRequest, pk: int) -> HttpResponse:
    """One tap: nobody can order it from this moment on."""
    pack = _pack(request, pk)
    _count(request, pack, None)
    if wants_json(request):
        return JsonResponse({"free": 0})
    messages.success(request, _("Marked as sold out."))
    return HttpResponseRedirect((request.POST.get("back") == "home" and reverse("desk:home")) or reverse("desk:goods"))


@member_of_producer
def count(request: HttpRequest, pk: int) -> HttpResponse:
    pack = _pack(request, pk)
    form = CountForm(request.POST or None, initial={"counted": pack.on_hand})
    if request.method == "POST" and form.is_valid():
        try:
            _count(request, pack, form.cleaned_data["counted"])
        except DomainError as error:
            form.add_error("counted", error.text)
        else:
            messages.success(request, _("Stock is set."))
            return HttpResponseRedirect(reverse("desk:goods"))
    return _one_form(request, form, title=_("In stock"), pack=pack)


def _one_form(request: HttpRequest, form: Any, **context: Any) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    frame_ = frame(request, "goods", form=form, **context)
    return render(request, "marketplace/desk/one-form.html", frame_, status=status)


def _count(request: HttpRequest, pack: selectors.Goods, counted: int | None) -> None:
    desk = request.desk
    services.stock_change(
        actor=desk.actor,
        producer=desk.producer,
        product_id=pack.product.pk,
        location_id=pack.location_id or store_of(desk.partner),
        counted=counted,
    )
