"""The names of a listing's fields, as the form and the office's answer say them."""

from django.utils.translation import gettext_lazy as _

FIELD_LABELS = {
    "title": _("Name, as on the label"),
    "short": _("In one line"),
    "description": _("The story of it"),
    "set_number": _("Kind of goods"),
    "pack": _("Pack size"),
    "net_g": _("Grams"),
    "net_ml": _("Millilitres"),
    "shelf_life_days": _("Keeps for (days)"),
    "storage": _("How to keep it"),
    "usage": _("How to use it"),
    "ingredients": _("What is in it"),
    "allergens": _("Allergens"),
    "abv_percent": _("Alcohol, % by volume"),
}
