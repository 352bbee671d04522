"""Blocks that hold their own words: headings, text, pictures, quotes, facts, steps, tables, links."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.blocks.choosers import PageIdBlock

FEATURES = ["bold", "italic", "ol", "ul", "link"]


class HeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = _("Heading")
        template = "cms/blocks/heading.html"


class TextBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "cms/blocks/text.html"


class PictureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        label=_("What it shows"), max_length=200, help_text=_("Read aloud to people who do not see the picture.")
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "cms/blocks/picture.html"


class GalleryBlock(blocks.StructBlock):
    pictures = blocks.ListBlock(PictureBlock(), label=_("Pictures"), min_num=2, max_num=12)

    class Meta:
        icon = "image"
        label = _("Gallery")
        template = "cms/blocks/gallery.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Words"), rows=2)
    source = blocks.CharBlock(label=_("Who said it, or where it stands"), required=False, max_length=160)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "cms/blocks/quote.html"


class FactBlock(blocks.StructBlock):
    value = blocks.CharBlock(label=_("Value"), max_length=60)
    label = blocks.CharBlock(label=_("What it says"), max_length=160)


class FactsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    facts = blocks.ListBlock(FactBlock(), label=_("Facts"))

    class Meta:
        icon = "list-ul"
        label = _("Facts")
        template = "cms/blocks/facts.html"


class StepsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    steps = blocks.ListBlock(blocks.TextBlock(rows=2, label=_("Step")), label=_("Steps"))

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "cms/blocks/steps.html"


class TableBlock(TypedTableBlock):
    class Meta:
        icon = "table"
        label = _("Table")
        template = "cms/blocks/table.html"


class VideoBlock(blocks.StructBlock):
    """A link to a film elsewhere; nothing of the other site is loaded before the visitor goes there."""

    title = blocks.CharBlock(label=_("What the film shows"), max_length=160)
    url = blocks.URLBlock(label=_("Address of the film"))
    poster = ImageChooserBlock(label=_("Still picture"), required=False)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if urlsplit(cleaned["url"]).scheme != "https":
            raise blocks.StructBlockValidationError(
                {"url": ValidationError(_("The address has to begin with https://."))}
            )
        return cleaned

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context)
        context["host"] = (urlsplit(value["url"]).hostname or "").removeprefix("www.")
        return context

    class Meta:
        icon = "media"
        label = _("Film (link)")
        template = "cms/blocks/video.html"


class ActionBlock(blocks.StructBlock):
    """One thing to do: a page of ours, or an address that begins with a slash."""

    text = blocks.CharBlock(label=_("Words on the button"), max_length=60)
    page = PageIdBlock(label=_("Page"), required=False)
    address = blocks.CharBlock(
        label=_("or address in the shop"), required=False, max_length=200, help_text=_("For example /san-pham/")
    )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        address = cleaned["address"] or ""
        if bool(cleaned["page"]) == bool(address):
            raise blocks.StructBlockValidationError(
                {"address": ValidationError(_("Choose a page, or write an address: one of the two."))}
            )
        if address and (not address.startswith("/") or address.startswith("//") or "\\" in address):
            raise blocks.StructBlockValidationError(
                {"address": ValidationError(_("The address begins with one slash, like /san-pham/."))}
            )
        return cleaned

    class Meta:
        icon = "link"
        label = _("Button")
        template = "cms/blocks/action.html"


def text_blocks() -> list[tuple[str, blocks.Block]]:
    return [
        ("heading", HeadingBlock(max_length=160)),
        ("text", TextBlock(features=FEATURES)),
        ("picture", PictureBlock()),
        ("gallery", GalleryBlock()),
        ("quote", QuoteBlock()),
        ("facts", FactsBlock()),
        ("steps", StepsBlock()),
        ("table", TableBlock([("text", blocks.RichTextBlock(label=_("Text"), features=["bold", "italic", "link"]))])),
        ("video", VideoBlock()),
        ("action", ActionBlock()),
    ]
