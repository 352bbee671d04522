"""Reason templates: what the office says most often when it sends a listing back, by field."""

from django.utils.translation import gettext_lazy as _

TEMPLATES: dict[str, tuple[object, ...]] = {
    "pictures": (
        _("The front photo is too dark or not sharp. Take it by daylight."),
        _("Show the label on the back, so that it can be read."),
    ),
    "title": (_("Write the name exactly as on the label and the certificate."),),
    "description": (
        _("Leave out words that promise a cure: this is food, not medicine."),
        _("Leave out what can't be proven, such as “best” or “number one”."),
    ),
    "ingredients": (_("List all ingredients, the largest share first."),),
    "shelf_life_days": (_("The shelf life does not match the label."),),
    "storage": (_("Say how to keep it after opening."),),
    "abv_percent": (_("Give the strength; spirits need their licence."),),
    "set_number": (_("This belongs to another kind of goods."),),
}
