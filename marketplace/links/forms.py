from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.links.models import ShareLink


class LinkForm(forms.Form):
    kind = forms.ChoiceField(choices=ShareLink.Kind.choices, widget=forms.HiddenInput)
    target = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    label = forms.CharField(label=_("Where will you share it?"), max_length=60, required=False)
