"""Who receives it, where, how it is paid. Everything a person types is kept when something is wrong."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.places import selectors as places
from catalog.places.errors import UnitNotFound
from kernel.money import format_dong
from kernel.text import fold, nfc
from marketplace.accounts.domain import phone_e164
from marketplace.orders.services import Buyer, Place
from marketplace.payments import selectors as payments
from marketplace.points import selectors as points

METHOD_LABELS = {
    "cod": gettext_lazy("Pay on delivery"),
    "vietqr": gettext_lazy("VietQR transfer"),
    "card": gettext_lazy("Card"),
}
METHOD_HINTS = {
    "cod": gettext_lazy("You may open it before paying. No extra fee."),
    "vietqr": gettext_lazy("Scan with your bank's app in the next step."),
    "card": gettext_lazy("On the secure page of the card service in the next step."),
}
METHOD_SIGNS = {"cod": "cash", "vietqr": "qr", "card": "receipt"}


class NfcField(forms.CharField):
    """Text in NFC on one line."""

    def to_python(self, value: Any) -> str:
        return " ".join(nfc(super().to_python(value) or "").split())


class DeliveryForm(forms.Form):
    """Recipient and place: also used to change the address of an order."""

    phone = forms.CharField(
        label=gettext_lazy("Phone number"),
        help_text=gettext_lazy("The carrier calls this number before arriving."),
        max_length=24,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )
    name = NfcField(
        label=gettext_lazy("Recipient's full name"),
        max_length=120,
        error_messages={"required": gettext_lazy("No recipient yet. Add a name so the carrier knows whom to ask for.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    commune_text = NfcField(
        label=gettext_lazy("Commune or ward"),
        help_text=gettext_lazy("New names since 1 July 2025. Old names work too."),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("Type a few letters, accents not needed")}),
    )
    province = forms.CharField(required=False, max_length=10, label=gettext_lazy("Province or city"))
    commune = forms.CharField(required=False, max_length=10, label=gettext_lazy("Commune or ward"))
    street = NfcField(
        label=gettext_lazy("House, street, hamlet"),
        help_text=gettext_lazy("No house number? Give a landmark: by the communal house, behind the school."),
        max_length=200,
        error_messages={"required": gettext_lazy("House or hamlet missing. A landmark will do.")},
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    note = NfcField(label=gettext_lazy("Note for the carrier"), max_length=300, required=False)

    unit: Any = None
    choices: list[Any] = []

    def clean_phone(self) -> str:
        text = nfc(self.cleaned_data["phone"]).strip()
        digits = [sign for sign in text if sign.isdigit()]
        try:
            return phone_e164(text)
        except ValueError:
            if text.startswith("0") and len(digits) != 10:
                raise forms.ValidationError(
                    _("This number has %(n)s digits; it needs 10. Example: 0905 123 456.") % {"n": len(digits)}
                )
            raise forms.ValidationError(_("The number starts with 0 or +84. Check the first digits."))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.resolve_place(data)
        if self.unit is None:
            self.add_error("commune_text", self._place_error(data))
        return data

    def resolve_place(self, data: dict[str, Any]) -> None:
        """Find the commune: chosen by code, or by what was typed if that means one only."""
        text, code = data.get("commune_text") or "", data.get("commune") or ""
        if code and (unit := commune_of(code)) and (not text or _label_fits(unit, text)):
            self.unit = unit
            return
        if text:
            hits = places.communes_matching(text[:100])
            exact = [hit for hit in hits if fold(hit.label) == fold(text) or fold(hit.name) == fold(text)]
            found = exact if len(exact) == 1 else hits
            if len(found) == 1:
                self.unit = commune_of(found[0].code)
            else:
                self.choices = [(hit.code, hit.label) for hit in hits]

    def _place_error(self, data: dict[str, Any]) -> str:
        if self.choices:
            return _("Several places fit. Choose one below.")
        if data.get("commune_text"):
            return _("Not found. Type the first letters and choose from the list.")
        return _("No place yet. Type the name of the commune, or choose the province first.")

    @property
    def communes(self) -> list[tuple[str, str]]:
        """What the commune select offers: hits of what was typed, else all communes of the chosen province."""
        if self.choices:
            return self.choices
        province = (self.data or {}).get("province", "") if self.is_bound else self.initial.get("province", "")
        return [(unit.code, unit.name) for unit in places.communes_of(province[:10])] if province else []

    @property
    def provinces(self) -> list[tuple[str, str]]:
        return [(unit.code, unit.name) for unit in places.provinces()]

    def place(self) -> Place:
        unit, data = self.unit, self.cleaned_data
        return Place(
            commune_code=unit.code,
            province_code=unit.parent.code,
            text=f"{unit.name}, {unit.parent.name}",
            street=data["street"],
            note=data["note"],
        )

    def buyer(self) -> Buyer:
        return Buyer(self.cleaned_data["name"], self.cleaned_data["phone"], self.cleaned_data.get("email", ""))


class CheckoutForm(DeliveryForm):
    email = forms.EmailField(
        label=gettext_lazy("E-mail for confirmation"),
        required=False,
        max_length=120,
        error_messages={"invalid": gettext_lazy("The e-mail lacks @ or what follows it. Example: name@example.vn.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    voucher = NfcField(label=gettext_lazy("Voucher code"), required=False, max_length=40)
    method = forms.ChoiceField(label=gettext_lazy("Payment"), widget=forms.RadioSelect)
    adult = forms.BooleanField(
        label=gettext_lazy("I am 18 or older, and so is whoever takes the parcel."), required=False
    )
    tax_code = NfcField(
        label=gettext_lazy("Tax code"),
        help_text=gettext_lazy("10 digits, or 13 for a branch."),
        required=False,
        max_length=14,
    )
    company = NfcField(label=gettext_lazy("Company name"), required=False, max_length=160)
    pickup = forms.ChoiceField(label=gettext_lazy("How you get it"), required=False, widget=forms.RadioSelect)
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    total = forms.IntegerField(required=False, widget=forms.HiddenInput)

    needs_adult = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.points = {point.slug: point for point in points.pickup_points()}
        self.fields["pickup"].choices = [
            ("", _("Delivered to the door")),
            *((p, str(o)) for p, o in self.points.items()),
        ]  # type: ignore[attr-defined]
        if self.is_bound and self.data.get("pickup") in self.points:
            self.fields["street"].required = False
        known = payments.methods()
        self.fields["method"].choices = [(m, METHOD_LABELS[m]) for m in known]  # type: ignore[attr-defined]
        self.fields["method"].initial = known[0]

    def clean_tax_code(self) -> str:
        code = self.cleaned_data["tax_code"].replace("-", "").replace(" ", "")
        if code and not tax_code_fits(code):
            raise forms.ValidationError(_("The tax code's check digit does not fit. Look at each digit."))
        return code

    def ask_age(self, needed: bool) -> None:
        """Show the statement of age only where the basket holds alcohol; without it the form is not right."""
        self.needs_adult = needed
        if not needed:
            del self.fields["adult"]
        elif self.is_bound and not self.cleaned_data.get("adult"):
            self.add_error("adult", _("The basket holds alcohol. Please confirm that you are 18 or older."))

    @property
    def method_cards(self) -> list[dict[str, Any]]:
        """The ways to pay with their sign and hint."""
        chosen = self["method"].value()
        return [
            {
                "value": value,
                "text": text,
                "hint": METHOD_HINTS[value],
                "sign": METHOD_SIGNS[value],
                "checked": value == chosen,
            }
            for value, text in self.fields["method"].choices  # type: ignore[attr-defined]
        ]

    @property
    def cod_limit(self) -> str:
        return format_dong(settings.COD_LIMIT)

    @property
    def point(self) -> Any | None:
        """The sales point where the buyer fetches it."""
        value = self.data.get("pickup") if self.is_bound else ""
        return self.points.get(value or "")

    @property
    def pickup_cards(self) -> list[dict[str, Any]]:
        chosen = self["pickup"].value() or ""
        cards = [{"value": "", "text": _("Delivered to the door"), "hint": "", "checked": not chosen}]
        return cards + [
            {"value": slug, "text": _("Fetch it at %(name)s") % {"name": point.name}, "hint": point.address, "checked": slug == chosen}
            for slug, point in self.points.items()
        ]  # fmt: skip

    def resolve_place(self, data: dict[str, Any]) -> None:
        if self.point is not None:
            self.unit = self.point
        else:
            super().resolve_place(data)

    def place(self) -> Place:
        if self.point is None:
            return super().place()
        return Place(pickup_point=self.point.slug, pickup_name=self.point.name, note=self.cleaned_data["note"])

    def where(self) -> dict[str, Any]:
        """What the price of delivery depends on, as far as it is known."""
        if self.point is not None:
            return {"pickup": True}
        return {"commune_code": self.unit.code, "province_code": self.unit.parent.code} if self.unit else {}

    def invoice(self) -> dict[str, str]:
        data = self.cleaned_data
        return {"tax_code": data["tax_code"], "company": data["company"]} if data.get("tax_code") else {}


def tax_code_fits(code: str) -> bool:
    """A Vietnamese tax code: ten digits with a check digit (weights 31 29 23 19 17 13 7 5 3), three more for a branch."""
    if not (code.isascii() and code.isdigit() and len(code) in (10, 13)):
        return False
    weights = (31, 29, 23, 19, 17, 13, 7, 5, 3)
    total = sum(int(digit) * weight for digit, weight in zip(code, weights, strict=False))
    return 10 - total % 11 == int(code[9])


def commune_of(code: str) -> Any | None:
    """Today's commune, or None."""
    try:
        return places.commune_get(code)
    except UnitNotFound:
        return None


def _label_fits(unit: Any, text: str) -> bool:
    """The text is what the list put there, or the name alone (then the code says which one is meant)."""
    return fold(text) in (fold(f"{unit.name}, {unit.parent.name}"), fold(unit.name), fold(unit.short_name))
