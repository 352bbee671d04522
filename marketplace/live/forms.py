from django import forms
from django.utils.translation import gettext_lazy as _


class PlanForm(forms.Form):
    title = forms.CharField(label=_("What is the session about?"), max_length=120)
    starts_at = forms.DateTimeField(
        label=_("Begins"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )
    limit = forms.IntegerField(label=_("At most per person"), min_value=1, max_value=99, initial=5)


class ItemForm(forms.Form):
    product = forms.IntegerField(min_value=1)
    price = forms.CharField(max_length=20)
    quantity = forms.IntegerField(min_value=1, max_value=10_000)

    def clean_price(self) -> int:
        digits = self.cleaned_data["price"].replace(".", "").replace(" ", "").replace("₫", "").strip()
        if not digits.isdecimal() or not digits.isascii() or not int(digits):
            raise forms.ValidationError(_("A price is a whole number of đồng, for example 98.000."))
        return int(digits)
