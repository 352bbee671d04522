"""Pages for whoever holds a pack: the passport of a lot, a product's lots, and help with an unknown code."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language

from kernel import clock
from traceability.events.domain import chains
from traceability.identifiers.domain import link_for
from traceability.identifiers.weave import weave
from traceability.lots.selectors import lot_state, lots_of_gtin
from traceability.passports.providers import product_facts
from traceability.passports.selectors import passport_of, verdict_of

if TYPE_CHECKING:
    from traceability.lots.models import Lot, Serial


def language() -> str:
    return "en" if (get_language() or "vi").startswith("en") else "vi"


def day_text(value) -> str:
    return date_format(value, "j M Y" if language() == "en" else "d/m/Y") if value else ""


#: Signs of a roof that the sprite draws under another name.
SIGNS = {"clock": "hourglass", "cut": "alert"}


def grams_text(grams: int | None) -> str:
    if not grams:
        return ""
    return f"{chains.number(grams, language())} g" if grams < 1000 else f"{chains.number(grams / 1000, language())} kg"


def lot_page(request: HttpRequest, lot: Lot, serial: Serial | None = None) -> HttpResponse:
    """The passport of one lot, or of one piece of it."""
    passport = passport_of(lot, language())
    title, text = verdict_of(passport, day_text(lot.expires_on))
    days_left = (lot.expires_on - clock.today()).days if lot.expires_on else None
    name_en = passport.shop.get("name_en") or lot.product_name_en
    foreign = language() == "en" and passport.state == "recalled" and not lot.state_reason_en
    english = language() == "en" and bool(name_en)
    context = {
        "passport": passport,
        "lot": lot,
        "serial": serial,
        "title": title,
        "verdict_text": text,
        "product_name": name_en if english else passport.shop.get("name") or lot.product_name,
        "product_lang": "" if english or language() == "vi" else "vi",
        "sign": SIGNS.get(passport.roof.icon, passport.roof.icon),
        "reason_lang": "vi" if foreign else "",
        "pieces": int(lot.made),
        "grams": grams_text(lot.unit_grams),
        "days_left": days_left,
        "months_left": days_left // 30 if days_left and days_left >= 60 else None,
        "communes": [z.commune_code for z in passport.zones if z.commune_code],
        "path": link_for(lot.gtin, lot.code).path,
        "can_buy": passport.state in ("on_sale", "sold_out") and bool(passport.shop.get("url")),
    }
    return render(request, "traceability/passport.html", context)


def product_page(request: HttpRequest, gtin: str) -> HttpResponse | None:
    """A GTIN without a lot: what it is, and its lots. None where neither shop nor record knows it."""
    shop = product_facts(gtin)
    lots = lots_of_gtin(gtin)
    if not lots and not shop:
        return None
    rows = [
        {
            "code": lot.code,
            "url": link_for(lot.gtin, lot.code).path,
            "packed_on": lot.packed_at,
            "use_by": lot.expires_on,
            "weave": weave(lot.gtin, lot.code),
            "state": lot_state(lot),
        }
        for lot in lots[:24]
    ]
    name = shop.get("name") or (lots[0].product_name if lots else gtin)
    name_en = shop.get("name_en") or (lots[0].product_name_en if lots else "")
    english = language() == "en" and name_en
    context = {
        "gtin": gtin,
        "shop": shop,
        "lots": rows,
        "product_name": name_en if english else name,
        "product_lang": "vi" if language() == "en" and not english else "",
        "maker": (shop.get("producer") or {}).get("name") or (lots[0].producer_name if lots else ""),
    }
    return render(request, "traceability/passport-product.html", context)


def unknown_page(request: HttpRequest, gtin: str = "", lot: str = "", serial: str = "") -> HttpResponse:
    """No such lot (or piece): what to check, what is known, and whom to tell."""
    known = lots_of_gtin(gtin)[:6] if gtin else []
    context = {
        "gtin": gtin,
        "code": lot,
        "serial": serial,
        "near": [{"code": k.code, "url": link_for(k.gtin, k.code).path, "packed_on": k.packed_at} for k in known],
        "report_url": reverse("passport:report") + "?" + urlencode({"gtin": gtin, "lot": lot}),
        "no_alternates": True,
    }
    return render(request, "traceability/unknown.html", context, status=HTTPStatus.NOT_FOUND)
