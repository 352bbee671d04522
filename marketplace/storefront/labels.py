"""Words for codes that other parts keep: wrappings, and what a stock word says."""

from django.utils.translation import gettext_lazy as _

from marketplace.storefront.domain import Stock

WRAPPINGS = {
    "hop_giay": _("Paper box"),
    "gio_tre": _("Woven bamboo basket"),
    "khan_vai": _("Cloth wrap"),
}
STOCK = {
    Stock.IN: (_("In stock"), "good"),
    Stock.FEW: (_("Only a few left"), "warn"),
    Stock.OUT: (_("Sold out"), "bad"),
}
