"""Blocks whose words come from the shop at the moment of reading: goods, gift sets, producers, lots, maps, pages."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.choosers import ComboBlock, PageIdBlock, ProducerBlock, ProductBlock
from kernel.gs1 import is_valid_gtin


class ProductsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    products = blocks.ListBlock(ProductBlock(label=_("Product")), label=_("Products"), max_num=12)
    adults = blocks.BooleanBlock(
        label=_("Ask for the age first"), required=False, help_text=_("For wine and other drinks with alcohol.")
    )

    class Meta:
        icon = "tag"
        label = _("Products, live")
        template = "cms/blocks/products.html"


class CombosBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    combos = blocks.ListBlock(
        ComboBlock(label=_("Gift set")), label=_("Gift sets"), max_num=6, min_num=0, help_text=_("Empty: the newest.")
    )

    class Meta:
        icon = "pick"
        label = _("Gift sets, live")
        template = "cms/blocks/combos.html"


class ProducerCardBlock(blocks.StructBlock):
    producer = ProducerBlock(label=_("Producer"))

    class Meta:
        icon = "group"
        label = _("Producer, live")
        template = "cms/blocks/producer.html"


class LotBlock(blocks.StructBlock):
    """Leads to the passport of a lot; says the state it has now."""

    gtin = blocks.CharBlock(label=_("GTIN on the pack"), max_length=14)
    lot = blocks.CharBlock(label=_("Lot code"), max_length=20)
    text = blocks.CharBlock(label=_("Sentence"), required=False, max_length=200)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not is_valid_gtin(cleaned["gtin"].strip()):
            raise blocks.StructBlockValidationError(
                {"gtin": ValidationError(_("This is no GTIN: its check digit does not fit."))}
            )
        return cleaned

    class Meta:
        icon = "code"
        label = _("Lot, live")
        template = "cms/blocks/lot.html"


def commune_choices() -> list[tuple[str, str]]:
    """Communes and wards of today by code, for the map and for pages."""
    from catalog.places.selectors import kon_tum_communes

    return [(unit.code, unit.name) for unit in kon_tum_communes()]


class MapBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    communes = blocks.MultipleChoiceBlock(label=_("Communes to mark"), choices=commune_choices)
    text = blocks.CharBlock(label=_("Sentence below the map"), required=False, max_length=200)

    class Meta:
        icon = "globe"
        label = _("Woven map")
        template = "cms/blocks/map.html"


class PagesBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    pages = blocks.ListBlock(PageIdBlock(label=_("Page")), label=_("Pages"), max_num=8)

    class Meta:
        icon = "doc-full"
        label = _("Other pages")
        template = "cms/blocks/pages.html"


def live_blocks() -> list[tuple[str, blocks.Block]]:
    return [
        ("products", ProductsBlock()),
        ("combos", CombosBlock()),
        ("producer", ProducerCardBlock()),
        ("lot", LotBlock()),
        ("map", MapBlock()),
        ("pages", PagesBlock()),
    ]
