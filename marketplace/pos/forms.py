from django import forms
from django.utils.translation import gettext_lazy as _

MOST = 1_000_000_000


class MoneyField(forms.CharField):
    def clean(self, value: str) -> int:
        digits = super().clean(value).replace(".", "").replace(",", "").replace(" ", "")
        if not digits.isdecimal() or not digits.isascii() or int(digits) > MOST:
            raise forms.ValidationError(_("A sum is a whole number of đồng, for example 500.000."))
        return int(digits)


NUMERIC = {"inputmode": "numeric"}


class OpenForm(forms.Form):
    float_cash = MoneyField(label=_("Cash in the drawer now"), widget=forms.TextInput(attrs=NUMERIC))


class CloseForm(forms.Form):
    counted_cash = MoneyField(label=_("Cash counted in the drawer"), widget=forms.TextInput(attrs=NUMERIC))
    note = forms.CharField(label=_("Note, if it does not match"), required=False, max_length=300)


class PickupForm(forms.Form):
    code = forms.CharField(label=_("Order code"), max_length=40)
