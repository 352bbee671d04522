"""What the shop's pages read from the address line."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.text import nfc


class LookupForm(forms.Form):
    """A number, a name, or what a QR code said."""

    q = forms.CharField(label=_("Number, name or code"), max_length=300, required=False, strip=True)

    def clean_q(self) -> str:
        return nfc(self.cleaned_data["q"]).strip()


def whole_number(text: str | None) -> int | None:
    """A positive whole number from the address line, or nothing."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else None
