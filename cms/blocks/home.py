"""Blocks of the home page: shelves by a rule, stories, villages, reasons, the whole map."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from cms.blocks.choosers import ComboBlock, PageIdBlock, ProductBlock

RULES = [
    ("season", _("in season this month")),
    ("stars", _("with a star certificate in force")),
    ("newest", _("newest")),
    ("set", _("of one product set (number below)")),
]


class ShelfBlock(blocks.StructBlock):
    """Goods by a rule, or picked by hand; what is picked stands first."""

    title = blocks.CharBlock(label=_("Heading"), max_length=120)
    eyebrow = blocks.CharBlock(label=_("Small line above"), required=False, max_length=80)
    text = blocks.CharBlock(label=_("Sentence below the heading"), required=False, max_length=200)
    products = blocks.ListBlock(
        ProductBlock(label=_("Product")), label=_("Picked by hand"), max_num=12, min_num=0, default=[]
    )
    rule = blocks.ChoiceBlock(label=_("or by a rule"), choices=RULES, required=False)
    set_number = blocks.IntegerBlock(label=_("Product set"), required=False, min_value=1, max_value=26)
    count = blocks.IntegerBlock(label=_("How many"), default=4, min_value=2, max_value=12)
    sunken = blocks.BooleanBlock(label=_("On a darker ground"), required=False)
    link = blocks.CharBlock(label=_("Words of the link"), required=False, max_length=80)
    link_address = blocks.CharBlock(
        label=_("Address of the link"), required=False, max_length=200, default="/san-pham/"
    )

    class Meta:
        icon = "tag"
        label = _("Shelf of goods, live")
        template = "cms/blocks/home/shelf.html"


class GiftsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Heading"), max_length=120)
    combos = blocks.ListBlock(
        ComboBlock(label=_("Gift set")), label=_("Picked by hand"), max_num=6, min_num=0, default=[]
    )
    count = blocks.IntegerBlock(label=_("How many"), default=3, min_value=1, max_value=6)
    link = blocks.CharBlock(label=_("Words of the link"), required=False, max_length=80)

    class Meta:
        icon = "pick"
        label = _("Gift sets, live")
        template = "cms/blocks/home/gifts.html"


class ReasonBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Heading"), max_length=80)
    text = blocks.TextBlock(label=_("Text"), rows=3)


class ReasonsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Heading"), max_length=120)
    reasons = blocks.ListBlock(ReasonBlock(), label=_("Reasons"), min_num=2, max_num=4)
    link = blocks.CharBlock(label=_("Words of the link"), required=False, max_length=80)
    link_address = blocks.CharBlock(label=_("Address of the link"), required=False, max_length=200, default="/tra-cuu/")

    class Meta:
        icon = "help"
        label = _("Why trust this")
        template = "cms/blocks/home/reasons.html"


class RegionBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Heading"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), rows=3, required=False)

    class Meta:
        icon = "globe"
        label = _("Map of goods, live")
        template = "cms/blocks/home/region.html"


class StoryBlock(blocks.StructBlock):
    page = PageIdBlock(
        label=_("Story"), page_type="cms_pages.StoryPage", required=False, help_text=_("Empty: the newest.")
    )

    class Meta:
        icon = "openquote"
        label = _("One story")
        template = "cms/blocks/home/story.html"


class PlacesBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Heading"), max_length=120)
    pages = blocks.ListBlock(
        PageIdBlock(label=_("Page"), page_type=["cms_tourism.PlacePage", "cms_tourism.RoutePage"]),
        label=_("Places"),
        min_num=0,
        max_num=6,
        default=[],
    )
    link = blocks.CharBlock(label=_("Words of the link"), required=False, max_length=80)

    class Meta:
        icon = "site"
        label = _("Villages and places")
        template = "cms/blocks/home/places.html"


class NewsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Heading"), max_length=120)
    count = blocks.IntegerBlock(label=_("How many"), default=3, min_value=1, max_value=6)

    class Meta:
        icon = "date"
        label = _("News")
        template = "cms/blocks/home/news.html"


class GroupsBlock(blocks.StructBlock):
    """The six groups of the decision, with how many goods each has."""

    class Meta:
        icon = "grip"
        label = _("Product groups, live")
        template = "cms/blocks/home/groups.html"


class BannerBlock(blocks.StructBlock):
    picture = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(label=_("What it shows"), max_length=200)
    title = blocks.CharBlock(label=_("Heading"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), rows=2, required=False)
    link = blocks.CharBlock(label=_("Words of the link"), max_length=60)
    link_address = blocks.CharBlock(label=_("Address of the link"), max_length=200)

    class Meta:
        icon = "image"
        label = _("Picture with a link")
        template = "cms/blocks/home/banner.html"


def home_blocks() -> list[tuple[str, blocks.Block]]:
    return [
        ("groups", GroupsBlock()),
        ("shelf", ShelfBlock()),
        ("gifts", GiftsBlock()),
        ("reasons", ReasonsBlock()),
        ("region", RegionBlock()),
        ("story", StoryBlock()),
        ("places", PlacesBlock()),
        ("news", NewsBlock()),
        ("banner", BannerBlock()),
    ]
