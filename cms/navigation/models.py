"""Menus, the operator's identity as the law asks for it, and the market's terms (deadlines, fees) for its pages."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable


class Menu(ClusterableModel):
    """A list of links: the main menu, or one group of the footer."""

    class Place(models.TextChoices):
        MAIN = "main", _("main menu")
        FOOTER = "footer", _("footer")

    place = models.CharField(_("where"), max_length=10, choices=Place.choices, default=Place.FOOTER)
    title = models.CharField(_("heading"), max_length=60)
    title_en = models.CharField(_("heading in English"), max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("place"), FieldPanel("position")]),
        FieldRowPanel([FieldPanel("title"), FieldPanel("title_en")]),
        InlinePanel("items", heading=_("Links"), label=_("Link")),
    ]

    class Meta:
        verbose_name = _("menu")
        verbose_name_plural = _("menus")
        ordering = ["place", "position", "id"]

    def __str__(self) -> str:
        return f"{self.get_place_display()}: {self.title}"


class MenuItem(Orderable):
    menu = ParentalKey(Menu, on_delete=models.CASCADE, related_name="items")
    text = models.CharField(_("words"), max_length=60)
    text_en = models.CharField(_("words in English"), max_length=60, blank=True)
    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("page"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    address = models.CharField(
        _("or address in the shop"), max_length=200, blank=True, help_text=_("For example /san-pham/")
    )

    panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("text"), FieldPanel("text_en")]),
        FieldPanel("page"),
        FieldPanel("address"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("link")

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        super().clean()
        if bool(self.page_id) == bool(self.address):
            raise ValidationError({"address": _("Choose a page, or write an address: one of the two.")})
        if self.address and (not self.address.startswith("/") or self.address.startswith("//") or "\\" in self.address):
            raise ValidationError({"address": _("The address begins with one slash, like /san-pham/.")})


@register_setting(icon="group")
class Operator(BaseSiteSetting):
    """Who runs the market. Shown in the footer and filled into the rules."""

    name = models.CharField(_("name"), max_length=160, blank=True)
    name_en = models.CharField(_("name in English"), max_length=160, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    registration = models.CharField(_("business registration number"), max_length=40, blank=True)
    registration_issued = models.CharField(_("issued by and on"), max_length=160, blank=True)
    representative = models.CharField(_("representative"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=24, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    hours = models.CharField(_("hours"), max_length=80, blank=True)
    hours_en = models.CharField(_("hours in English"), max_length=80, blank=True)
    moit_registration = models.CharField(
        _("registration with the Ministry of Industry and Trade"), max_length=120, blank=True
    )
    dpo_contact = models.CharField(_("contact for personal data"), max_length=160, blank=True)
    bank_account_name = models.CharField(_("name on the bank account"), max_length=120, blank=True)
    is_sample = models.BooleanField(
        _("sample data"), default=False, help_text=_("Adds a word that the operator is an illustration.")
    )

    panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("name"), FieldPanel("name_en")]),
                FieldPanel("address"),
                FieldPanel("is_sample"),
            ],
            _("Identity"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("registration"), FieldPanel("registration_issued")]),
                FieldPanel("representative"),
                FieldPanel("moit_registration"),
            ],
            _("Papers"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
                FieldRowPanel([FieldPanel("hours"), FieldPanel("hours_en")]),
                FieldPanel("dpo_contact"),
                FieldPanel("bank_account_name"),
            ],
            _("Contact and payment"),
        ),
    ]

    class Meta:
        verbose_name = _("operator")


@register_setting(icon="clipboard-list")
class MarketTerms(BaseSiteSetting, ClusterableModel):
    """Deadlines, fees and lists that the rules mention."""

    panels: ClassVar[list[Any]] = [InlinePanel("values", heading=_("Values"), label=_("Value"))]

    class Meta:
        verbose_name = _("market terms")


class MarketTerm(Orderable):
    terms = ParentalKey(MarketTerms, on_delete=models.CASCADE, related_name="values")
    key = models.SlugField(_("key"), max_length=40, help_text=_("As it stands in the text: return_days"))
    value = models.CharField(_("value"), max_length=300, blank=True)
    value_en = models.CharField(_("value in English"), max_length=300, blank=True)

    panels: ClassVar[list[Any]] = [
        FieldPanel("key"),
        FieldRowPanel([FieldPanel("value"), FieldPanel("value_en")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("value")
        constraints = [models.UniqueConstraint(fields=["terms", "key"], name="market_term_once")]

    def __str__(self) -> str:
        return self.key
