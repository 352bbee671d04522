"""What the shop's pages read from the address line."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.text import nfc
from marketplace.accounts.domain import phone_e164


class LookupForm(forms.Form):
    """A number, a name, or what a QR code said."""

    q = forms.CharField(label=_("Number, name or code"), max_length=300, required=False, strip=True)

    def clean_q(self) -> str:
        return nfc(self.cleaned_data["q"]).strip()


class WishForm(forms.Form):
    """A number to be told at. `website` is a trap that people do not see."""

    product_id = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    phone = forms.CharField(label=_("Phone number"), max_length=20)
    website = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_phone(self) -> str:
        try:
            return phone_e164(self.cleaned_data["phone"])
        except ValueError:
            raise forms.ValidationError(_("This is no phone number of Viet Nam. Example: 0905 123 456.")) from None


def whole_number(text: str | None) -> int | None:
    """A positive whole number from the address line, or nothing."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else None
