"""The upload form of Wagtail with our check in front: the header is judged before anything is decoded."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from cms.media.services import upload_clean
from kernel.pictures.domain import MAX_BYTES, HeaderFault, inspect
from kernel.pictures.errors import MESSAGES, PictureRefused
from kernel.text import nfc


class CheckedImageField(WagtailImageField):
    def to_python(self, data: Any) -> Any:
        if data in self.empty_values:
            return None
        try:
            inspect(data.read(MAX_BYTES + 1))
        except HeaderFault as error:
            raise ValidationError(MESSAGES[error.fault]) from None
        data.seek(0)
        return data


class ImageForm(BaseImageForm):
    """Title, description and file; a new file is re-encoded before Wagtail keeps it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            old = self.fields["file"]
            new = CheckedImageField(label=_("File"), required=old.required, widget=old.widget)
            new.help_text = _("JPEG, PNG, WebP or HEIC, at most 10 MB and 24 megapixels.")
            self.fields["file"] = new

    def clean_title(self) -> str:
        return nfc(self.cleaned_data["title"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        file = cleaned.get("file")
        if "file" in self.changed_data and file and not self.errors:
            try:
                picture, copy = upload_clean(
                    file=file, title=cleaned.get("title", ""), alt=cleaned.get("description", "")
                )
            except PictureRefused as error:
                self.add_error("file", error.text)
            else:
                self.instance.picture = picture
                cleaned["file"] = copy
        return cleaned
