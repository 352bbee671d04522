"""The form "arrange with the village": a day, how many, a phone number; and what keeps machines out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from cms.tourism.models import BookingRequest
from kernel import clock
from kernel.text import nfc
from marketplace.accounts.domain import phone_e164

SALT = "tourism.booking"
QUICKEST = 3
OLDEST = timedelta(days=2)


class BookingForm(forms.Form):
    """`website` is a trap: people do not see it. `began` is the signed moment the page was made."""

    day = forms.DateField(
        label=_("Day of the visit"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    people = forms.IntegerField(label=_("How many people?"), min_value=1, max_value=60, initial=2)
    phone = forms.CharField(
        label=_("Your phone number"),
        max_length=24,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    name = forms.CharField(
        label=_("Your name"), max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("E-mail for the answer"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    note = forms.CharField(
        label=_("Anything the host should know"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    website = forms.CharField(required=False, max_length=200)
    began = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = clock.now()
        self.fields["began"].initial = signing.dumps(int(now.timestamp()), salt=SALT)
        self.fields["day"].widget.attrs["min"] = (clock.today() + timedelta(days=1)).isoformat()

    @property
    def shown_fields(self) -> list[Any]:
        return [self[name] for name in ("day", "people", "phone", "name", "email", "note")]

    def clean_phone(self) -> str:
        try:
            return phone_e164(self.cleaned_data["phone"])
        except ValueError:
            raise forms.ValidationError(_("This is no phone number we can call. Example: 0905 123 456.")) from None

    def clean_note(self) -> str:
        return nfc(self.cleaned_data["note"])

    @property
    def is_spam(self) -> bool:
        """Filled the trap, or without a signed beginning, or quicker than a hand can type."""
        if self.data.get("website"):
            return True
        try:
            began = signing.loads(self.data.get("began", ""), salt=SALT, max_age=OLDEST)
        except signing.BadSignature:
            return True
        return clock.now().timestamp() - began < QUICKEST


class AnswerForm(WagtailAdminModelForm):
    """In the editor: the state and the words for the guest; the service writes them."""

    class Meta:
        model = BookingRequest
        fields = ("state", "reply")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = BookingRequest.State
        self.fields["state"].choices = [(s.value, s.label) for s in states if s != states.CANCELLED]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        before = BookingRequest.objects.get(pk=self.instance.pk).state
        if before == BookingRequest.State.CANCELLED:
            raise forms.ValidationError(_("The guest has cancelled this request."))
        if before != BookingRequest.State.WAITING and cleaned.get("state") not in (before, None):
            raise forms.ValidationError(_("This request was answered already."))
        return cleaned

    def save(self, commit: bool = True) -> BookingRequest:
        from cms.tourism.services import booking_answer
        from kernel.actors import SYSTEM, actor_for

        actor = actor_for(self.for_user) if self.for_user else SYSTEM
        kept = BookingRequest.objects.get(pk=self.instance.pk)
        return booking_answer(
            actor=actor, request=kept, state=self.cleaned_data["state"], reply=self.cleaned_data["reply"]
        )
