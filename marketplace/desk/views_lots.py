"""The lot diary: harvest, process, pack; labels."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kernel import clock
from kernel.errors import DomainError
from marketplace.desk import selectors
from marketplace.desk.access import frame, member_of_producer
from marketplace.desk.forms import HarvestForm, PackForm, ProcessForm
from marketplace.desk.services.listing import store_of
from marketplace.inventory import services as stock
from traceability.labels.services import label_of, label_sheet
from traceability.lots import selectors as lots_read
from traceability.lots import services as lots_write
from traceability.lots.errors import LotNotFound
from traceability.zones.selectors import zones_all

COPIES_MAX = 200


def _all(desk: selectors.Desk, *kinds: str) -> list[Any]:
    return lots_read.lots_of_producer(desk.producer.slug, kinds=kinds or ("pack", "process", "harvest"))


def _own(desk: selectors.Desk, pk: int) -> Any:
    """One lot of this producer; anybody else's is as good as none."""
    lot = next((lot for lot in _all(desk) if lot.pk == pk), None)
    if lot is None:
        raise LotNotFound
    return lot


def _code(desk: selectors.Desk, letter: str) -> str:
    """A free lot code of today: 261124-G1, G2…"""
    stem = f"{clock.today():%y%m%d}-{letter}"
    taken = sum(1 for lot in _all(desk) if lot.code.startswith(stem))
    return f"{stem}{taken + 1}"


def _at(day: Any) -> datetime:
    """A moment of the day: now for today, noon for a day before."""
    if day >= clock.today():
        return clock.now()
    return datetime.combine(day, time(5), tzinfo=UTC)


@member_of_producer
@require_safe
def lots(request: HttpRequest) -> HttpResponse:
    desk = request.desk
    rows = [{"lot": lot, "info": lots_read.info_of(lot)} for lot in _all(desk)[:100]]
    return render(request, "marketplace/desk/lots.html", frame(request, "lots", rows=rows))


def _diary(
    request: HttpRequest, form: Any, title: str, hint: str, act: Callable[[dict[str, Any]], str]
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():  # a packed lot and its stock, or neither
                done = act(form.cleaned_data)
        except DomainError as error:
            form.add_error(None, error.text)
        else:
            messages.success(request, done)
            return HttpResponseRedirect(reverse("desk:lots"))
    status = 422 if request.method == "POST" else 200
    context = frame(request, "lots", form=form, title=title, hint=hint)
    return render(request, "marketplace/desk/one-form.html", context, status=status)


def _new(desk: selectors.Desk, kind: str, code: str, name: str, quantity: Decimal, **more: Any) -> lots_write.NewLot:
    return lots_write.NewLot(
        code=code, kind=kind, product_name=name, quantity=quantity,
        producer_code=desk.producer.slug, producer_name=desk.producer.name, **more,
    )  # fmt: skip


@member_of_producer
def harvest(request: HttpRequest) -> HttpResponse:
    desk = request.desk
    form = HarvestForm(request.POST or None, initial={"day": clock.today(), "code": _code(desk, "T")})
    form.fields["zone"].choices = [("", _("Not from a registered zone"))] + [
        (zone.key, zone.name_vi) for zone in zones_all()
    ]

    def act(given: dict[str, Any]) -> str:
        lot = _new(desk, "harvest", given["code"], given["name"], given["kilograms"])
        if given["zone"]:
            lots_write.record_harvest(actor=desk.actor, zone=given["zone"], lot=lot, at=_at(given["day"]))
        else:
            lots_write.record_source(actor=desk.actor, lot=lot, at=_at(given["day"]))
        return _("Harvest is written down.")

    return _diary(request, form, _("Harvest"), _("What came in from the field."), act)


def _sources(desk: selectors.Desk) -> list[tuple[int, str]]:
    return [
        (lot.pk, f"{lot.code} · {lot.product_name} · {lot.left.normalize():f} kg")
        for lot in _all(desk, "harvest", "process")
        if lot.left_milli > 0 and lot.state == "on_sale" and lot.uom == "KGM"
    ]


@member_of_producer
def process(request: HttpRequest) -> HttpResponse:
    desk = request.desk
    form = ProcessForm(request.POST or None, initial={"day": clock.today(), "code": _code(desk, "C")})
    form.fields["source"].choices = _sources(desk)

    def act(given: dict[str, Any]) -> str:
        source = _own(desk, given["source"])
        made = _new(desk, "process", given["code"], given["name"], given["kilograms"])
        lots_write.record_process(
            actor=desk.actor, inputs=[(source, given["used"])], outputs=[made], at=_at(given["day"])
        )
        return _("Processing is written down.")

    return _diary(request, form, _("Processing"), _("What became of a lot: dried, roasted, pressed…"), act)


@member_of_producer
def pack(request: HttpRequest) -> HttpResponse:
    desk = request.desk
    shelf = {goods.product.pk: goods for goods in selectors.shelf(desk) if goods.product.gtin}
    form = PackForm(request.POST or None, initial={"day": clock.today(), "code": _code(desk, "G")})
    form.fields["product"].choices = [(pk, f"{g.owner.title} {g.product.pack}") for pk, g in shelf.items()]
    form.fields["source"].choices = [("", _("Not written down")), *_sources(desk)]

    def act(given: dict[str, Any]) -> str:
        goods = shelf[given["product"]]
        product, pieces = goods.product, given["pieces"]
        life = product.shelf_life_days or goods.owner.shelf_life_days
        grams = product.net_g or product.net_ml
        used = given["used"] or (Decimal(grams) * pieces / 1000 if grams else None)
        inputs = [(_own(desk, given["source"]), used)] if given["source"] and used else []
        made = _new(
            desk, "pack", given["code"], goods.owner.title, Decimal(pieces), uom="H87", gtin=product.gtin,
            unit_grams=grams, packed_at=given["day"],
            expires_on=given["day"] + timedelta(days=life) if life else None,
        )  # fmt: skip
        lots_write.record_pack(actor=desk.actor, inputs=inputs, outputs=[made], at=_at(given["day"]))
        if given["to_stock"]:
            stock.receive(
                actor=desk.actor, product_id=product.pk, location_id=goods.location_id or store_of(desk.partner),
                quantity=pieces, reference=given["code"],
                key=f"pack-lot:{desk.producer.pk}:{product.pk}:{given['code']}",
            )  # fmt: skip
        return _("Packed and written down. Print the labels now.")

    return _diary(
        request, form, _("Packing"), _("Packs with a lot code; each gets a label with its QR and weave."), act
    )


@member_of_producer
@require_safe
def labels(request: HttpRequest, pk: int) -> HttpResponse:
    """The label sheet of one lot as PDF: `?kho=a4|roll&so=12`."""
    lot = _own(request.desk, pk)
    if lot.kind != "pack":
        raise LotNotFound
    layout = request.GET.get("kho", "a4")
    copies = request.GET.get("so", "")
    number = min(int(copies), COPIES_MAX) if copies.isdecimal() and int(copies) else min(max(lot.pieces_left, 1), 24)
    try:
        body = label_sheet([label_of(lot)], layout=layout, copies=number)
    except (KeyError, ValueError):
        raise LotNotFound from None
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="tem-{lot.short_code}.pdf"'
    return response


@member_of_producer
@require_POST
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """A producer may stop a lot of his own; setting it free is the office's."""
    lot = _own(request.desk, pk)
    try:
        lots_write.lot_hold(actor=request.desk.actor, lot_id=lot.pk, reason=request.POST.get("reason", ""))
        messages.success(request, _("The lot is stopped. The office will look at it."))
    except DomainError as error:
        messages.error(request, error.text)
    return HttpResponseRedirect(reverse("desk:lots"))
