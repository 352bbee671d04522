from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.certification.selectors import rule_sets
from catalog.producers.selectors import pages as producers
from marketplace.accounts.domain import phone_e164
from marketplace.points.selectors import points_public

DATE = {"type": "date"}


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs=DATE, format="%Y-%m-%d")


class IssueForm(forms.Form):
    number = forms.CharField(label=_("Certificate number"), max_length=80)
    stars = forms.TypedChoiceField(label=_("Stars"), coerce=int, choices=[(n, f"{n} ★") for n in (3, 4, 5)])
    decision_number = forms.CharField(label=_("Decision"), max_length=80)
    decision_on = forms.DateField(label=_("Decision of"), widget=day_input())
    issuing_level = forms.ChoiceField(
        label=_("Level"),
        choices=[("province", _("province")), ("national", _("national")), ("district", _("district"))],
    )
    issuing_body = forms.CharField(label=_("Issued by"), max_length=160)
    issued_on = forms.DateField(label=_("Issued on"), widget=day_input())
    expires_on = forms.DateField(
        label=_("Valid to"), required=False, widget=day_input(), help_text=_("Empty: as long as the decision says.")
    )
    rule_set = forms.TypedChoiceField(label=_("By which rules"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule_set"].choices = [(row.pk, row.title) for row in reversed(rule_sets())]


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300)


class ExtendForm(forms.Form):
    until = forms.DateField(label=_("Extended to"), widget=day_input())
    reason = forms.CharField(label=_("Reason"), max_length=300)


class DocumentForm(forms.Form):
    title = forms.CharField(label=_("What is it?"), max_length=160)
    file = forms.FileField(label=_("Scan (PDF or photo, 10 MB at most)"))
    is_public = forms.BooleanField(label=_("Everybody may see it"), required=False)


class InviteForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Whom?"),
        choices=[
            ("owner", _("producer")), ("staff", _("staff of a producer")), ("agent", _("agent for a household")),
            ("clerk", _("counter clerk")), ("host", _("live host")),
        ],
    )  # fmt: skip
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    phone = forms.CharField(
        label=_("Phone number"), max_length=20, required=False, help_text=_("If given, only this number may use it.")
    )
    producer = forms.TypedChoiceField(label=_("Producer"), coerce=int, required=False, empty_value=None)
    point = forms.TypedChoiceField(label=_("Sales point"), coerce=int, required=False, empty_value=None)
    consent_by = forms.CharField(label=_("For agents: who of the household agreed?"), max_length=120, required=False)
    consent_note = forms.CharField(label=_("For agents: how?"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["producer"].choices = [("", "–"), *((row.pk, row.name) for row in producers())]
        self.fields["point"].choices = [("", "–"), *((row.pk, row.name) for row in points_public())]

    def clean_phone(self) -> str:
        value = self.cleaned_data["phone"]
        try:
            return phone_e164(value) if value else ""
        except ValueError:
            raise forms.ValidationError(_("This is no phone number of Viet Nam. Example: 0905 123 456.")) from None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        kind = given.get("kind")
        if kind in ("owner", "staff", "agent") and not given.get("producer"):
            self.add_error("producer", _("Choose the producer."))
        if kind == "clerk" and not given.get("point"):
            self.add_error("point", _("Choose the sales point."))
        if kind == "agent" and not given.get("consent_by"):
            self.add_error(
                "consent_by", _("An agent needs the recorded consent of the household: who agreed, and how.")
            )
        return given


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Answer"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
