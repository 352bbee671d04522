from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from kernel.text import nfc
from marketplace.accounts.domain import phone_e164


class PhoneField(forms.CharField):
    """A phone number as typed, in E.164 after cleaning."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"})

    def clean(self, value: str) -> str:
        value = super().clean(value)
        if not value:
            return ""
        try:
            return phone_e164(value)
        except ValueError:
            digits = sum(sign.isdigit() for sign in value)
            if digits != 10:
                raise forms.ValidationError(
                    _("This number has %(n)s digits; it needs 10. Example: 0905 123 456."), params={"n": digits}
                ) from None
            raise forms.ValidationError(_("This is no phone number of Viet Nam. Example: 0905 123 456.")) from None


CODE_INPUT = {"inputmode": "numeric", "autocomplete": "one-time-code", "pattern": "[0-9 ]*", "maxlength": "9"}


class PhoneForm(forms.Form):
    phone = PhoneField(label=_("Phone number"), max_length=20)


class CodeForm(forms.Form):
    key = forms.CharField(max_length=43, widget=forms.HiddenInput)
    code = forms.CharField(label=_("Code of 6 digits"), max_length=9, widget=forms.TextInput(attrs=CODE_INPUT))


class PasswordForm(forms.Form):
    name = forms.CharField(
        label=_("Phone number or e-mail"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class SecondStepForm(forms.Form):
    code = forms.CharField(
        label=_("Code of your authenticator app, or a recovery code"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class ConfirmForm(forms.Form):
    password = PasswordForm.base_fields["password"]


class NameForm(forms.Form):
    full_name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )

    def clean_full_name(self) -> str:
        return nfc(self.cleaned_data["full_name"]).strip()


class EmailForm(forms.Form):
    email = forms.EmailField(label=_("E-mail"), required=False, help_text=_("Leave empty for none."))


class NewPasswordForm(forms.Form):
    password = forms.CharField(
        label=_("New password"),
        max_length=128,
        strip=False,
        help_text=_("At least 8 characters, not only digits."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, user=None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"], self.user)
        return self.cleaned_data["password"]
