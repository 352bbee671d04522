from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.text import nfc
from marketplace.desk.selectors import sets_for_form

UNITS = [("g", _("grams")), ("kg", _("kilograms")), ("ml", _("millilitres")), ("l", _("litres")), ("", _("piece"))]
PRICE_MAX, QUANTITY_MAX = 1_000_000_000, 100_000


class DongField(forms.CharField):
    """Money as people type it: "98.000", "98000 đ"."""

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        digits = text.replace(".", "").replace(",", "").replace(" ", "").removesuffix("đ").removesuffix("₫")
        if not text:
            return None
        if not digits.isdecimal() or not digits.isascii() or not 0 < int(digits) <= PRICE_MAX:
            raise forms.ValidationError(_("A price is a whole number of đồng, for example 98.000."))
        return int(digits)


class ListingForm(forms.Form):
    """What is listed. Photos come beside it, as tokens."""

    set_number = forms.ChoiceField(label=_("What kind of goods?"), widget=forms.Select)
    title = forms.CharField(label=_("Name, as on the label"), max_length=200)
    price = DongField(label=_("Price"), widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    net = forms.DecimalField(
        label=_("Pack size"), required=False, min_value=Decimal("0.1"), max_digits=8, decimal_places=1,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip
    unit = forms.ChoiceField(label=_("Unit"), choices=UNITS, required=False)
    quantity = forms.IntegerField(label=_("How many are there?"), min_value=0, max_value=QUANTITY_MAX, initial=10)
    shelf_life_days = forms.IntegerField(label=_("Keeps for (days)"), required=False, min_value=1, max_value=3650)
    storage = forms.CharField(label=_("How to keep it"), required=False, max_length=300)
    short = forms.CharField(label=_("In one line"), required=False, max_length=160)
    description = forms.CharField(
        label=_("The story of it"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    ingredients = forms.CharField(label=_("What is in it"), required=False, max_length=500)
    allergens = forms.CharField(label=_("Allergens"), required=False, max_length=200)
    usage = forms.CharField(label=_("How to use it"), required=False, max_length=1000)
    abv_percent = forms.DecimalField(
        label=_("Alcohol, % by volume"), required=False, min_value=0, max_value=99, max_digits=4, decimal_places=1
    )

    MORE = ("short", "description", "ingredients", "allergens", "usage", "abv_percent")

    def __init__(self, *args: Any, is_new: bool = True, is_parent: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["set_number"].choices = [("", _("Choose…"))] + [
            (group.name, [(row.number, row.name) for row in sets]) for group, sets in sets_for_form()
        ]
        if not is_new:
            del self.fields["price"], self.fields["quantity"]
        if is_parent:
            del self.fields["net"], self.fields["unit"]

    @property
    def more(self) -> list[Any]:
        return [self[name] for name in self.MORE]

    def listing(self) -> dict[str, Any]:
        """The values as a revision keeps them."""
        given = dict(self.cleaned_data)
        given.pop("price", None)
        given.pop("quantity", None)
        data = {k: nfc(v).strip() if isinstance(v, str) else v for k, v in given.items() if k not in ("net", "unit")}
        data["set_number"] = int(given["set_number"])
        if data.get("abv_percent") is not None:
            data["abv_percent"] = float(data["abv_percent"])
        if "net" in given:
            data |= pack_words(given["net"], given["unit"])
        return data


def pack_words(net: Decimal | None, unit: str) -> dict[str, Any]:
    """500 + g -> {"net_g": 500, "net_ml": None, "pack": "500 g"}."""
    if net is None or not unit:
        return {"net_g": None, "net_ml": None, "pack": str(_("piece")) if net is None else f"{net.normalize():f}"}
    base = int(net * 1000) if unit in ("kg", "l") else int(net)
    column = "net_g" if unit in ("g", "kg") else "net_ml"
    words = f"{net.normalize():f}".replace(".", ",") + f" {unit}"
    return {"net_g": None, "net_ml": None, column: base, "pack": words}


class PriceForm(forms.Form):
    price = DongField(label=_("Price"), widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    floor = DongField(
        label=_("Lowest price in a live sale"), required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("Without one, live sellers can't go below the usual price."),
    )  # fmt: skip


class CountForm(forms.Form):
    counted = forms.IntegerField(label=_("How many are there?"), min_value=0, max_value=QUANTITY_MAX)


class HarvestForm(forms.Form):
    name = forms.CharField(label=_("What was harvested"), max_length=200)
    zone = forms.ChoiceField(label=_("Where"), required=False)
    kilograms = forms.DecimalField(label=_("Kilograms"), min_value=Decimal("0.1"), max_digits=9, decimal_places=3)
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    code = forms.CharField(label=_("Lot code"), max_length=20)


class ProcessForm(forms.Form):
    source = forms.TypedChoiceField(label=_("From which lot"), coerce=int)
    used = forms.DecimalField(label=_("Kilograms taken"), min_value=Decimal("0.1"), max_digits=9, decimal_places=3)
    name = forms.CharField(label=_("What came out"), max_length=200)
    kilograms = forms.DecimalField(
        label=_("Kilograms that came out"), min_value=Decimal("0.1"), max_digits=9, decimal_places=3
    )
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    code = forms.CharField(label=_("Lot code"), max_length=20)


class PackForm(forms.Form):
    product = forms.TypedChoiceField(label=_("Which goods"), coerce=int)
    pieces = forms.IntegerField(label=_("How many packs"), min_value=1, max_value=QUANTITY_MAX)
    source = forms.TypedChoiceField(label=_("From which lot"), coerce=int, required=False, empty_value=None)
    used = forms.DecimalField(
        label=_("Kilograms taken"), required=False, min_value=Decimal("0.1"), max_digits=9, decimal_places=3,
        help_text=_("Empty: packs times pack size."),
    )  # fmt: skip
    day = forms.DateField(label=_("Packed on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    code = forms.CharField(label=_("Lot code"), max_length=20)
    to_stock = forms.BooleanField(label=_("Put them into stock too"), required=False, initial=True)
