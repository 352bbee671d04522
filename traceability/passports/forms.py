from django import forms
from django.utils.translation import gettext_lazy as _

from traceability.scans.selectors import report_kinds


class ProblemForm(forms.Form):
    """A sentence from whoever holds the pack. The field `website` is a trap: people never see it."""

    gtin = forms.CharField(max_length=14, required=False, widget=forms.HiddenInput)
    lot = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("What is wrong?"), choices=report_kinds)
    message = forms.CharField(
        label=_("What did you see?"),
        max_length=1000,
        min_length=5,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 1000}),
        error_messages={
            "required": _("Write a short sentence, so that we know what to look for."),
            "min_length": _("Write a short sentence, so that we know what to look for."),
        },
    )
    contact = forms.CharField(
        label=_("Phone or e-mail"),
        max_length=120,
        required=False,
        help_text=_("Only if you would like an answer."),
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
    )
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))
