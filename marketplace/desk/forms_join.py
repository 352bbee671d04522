"""The two forms of an invitation; they repeat the sign-in page's, whose forms are its own."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.domain import phone_e164


class JoinPhoneForm(forms.Form):
    phone = forms.CharField(
        label=_("Phone number"), max_length=20, widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})
    )

    def clean_phone(self) -> str:
        try:
            return phone_e164(self.cleaned_data["phone"])
        except ValueError:
            raise forms.ValidationError(_("This is no phone number of Viet Nam. Example: 0905 123 456.")) from None


class JoinCodeForm(forms.Form):
    key = forms.CharField(max_length=43, widget=forms.HiddenInput)
    code = forms.CharField(
        label=_("Code of 6 digits"), max_length=9,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )  # fmt: skip
