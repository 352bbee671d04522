"""The component gallery: every sample of every component, rendered as pages render it. Only while DEBUG is on."""

from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace

import yaml
from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.templatetags.static import static

from themes import brand


class SampleForm(forms.Form):
    phone = forms.CharField(label="Số điện thoại", help_text="Người giao gọi số này trước khi tới.")
    name = forms.CharField(label="Họ và tên người nhận")
    note = forms.CharField(label="Dặn người giao", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    commune = forms.ChoiceField(label="Xã, phường", choices=[("", "Chọn một xã"), ("1", "Xã Đăk Mar")])
    pay = forms.ChoiceField(
        label="Trả tiền",
        choices=[("cod", "Trả khi nhận hàng"), ("qr", "Chuyển khoản VietQR")],
        widget=forms.RadioSelect,
    )
    invoice = forms.BooleanField(label="Lấy hóa đơn điện tử", required=False)
    closed = forms.CharField(label="Mã đơn", disabled=True, initial="KT-4Q7M", required=False)

    def clean_phone(self) -> str:
        digits = "".join(sign for sign in self.cleaned_data["phone"] if sign.isdigit())
        if len(digits) != 10:
            raise forms.ValidationError(f"Số này có {len(digits)} chữ số, cần 10. Ví dụ 0905 123 456.")
        return digits


@lru_cache(maxsize=2)
def sample_form(*, wrong: bool) -> SampleForm:
    form = SampleForm({"phone": "0905 123 45", "pay": "x"} if wrong else None, prefix="loi" if wrong else "mau")
    form.is_valid()
    return form


def value_of(text):
    """What YAML cannot say: @static/…, @field/NAME, @wrong/NAME, @form, @wrong, @page/N/OF, @date/Y-M-D is native."""
    if isinstance(text, dict):
        return {key: value_of(value) for key, value in text.items()}
    if isinstance(text, list):
        return [value_of(value) for value in text]
    if not isinstance(text, str) or not text.startswith("@"):
        return text
    kind, _, rest = text[1:].partition("/")
    if kind == "static":
        return static(rest)
    if kind in ("field", "wrong"):
        form = sample_form(wrong=kind == "wrong")
        return form[rest] if rest else form
    if kind == "page":
        number, _, of = rest.partition("/")
        return Paginator(range(int(of) * 24), 24).page(int(number))
    raise ValueError(f"unknown sample value {text!r}")


def sample_files() -> list[Path]:
    return sorted((brand.BASE / "templates/components").glob("*.yaml"))


def samples(request) -> list[SimpleNamespace]:
    components = []
    for path in sample_files():
        described = yaml.safe_load(path.read_text(encoding="utf-8"))
        parts = []
        for sample in described["samples"]:
            template = described.get("template", f"components/{path.stem}.html")
            html = render_to_string(template, value_of(sample.get("with", {})), request)
            parts.append(SimpleNamespace(name=sample["name"], html=html, narrow=sample.get("narrow", False)))
        components.append(SimpleNamespace(name=path.stem, wrap=described.get("wrap", ""), samples=parts))
    return components
