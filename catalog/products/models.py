"""Oscar's catalogue with what an OCOP product needs. Our classes come first, Oscar's import last."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.abstract_models import AbstractCategory, AbstractProduct


class Category(AbstractCategory):
    """A group (depth 1) or set (depth 2) of QĐ 26/2026/QĐ-TTg, Annex I."""

    number = models.PositiveSmallIntegerField(_("number in the decision"), null=True, blank=True)
    name_en = models.CharField(max_length=255, blank=True)
    description_en = models.TextField(blank=True)
    agency = models.CharField(max_length=160, blank=True)
    icon = models.CharField(max_length=40, blank=True)


class Product(AbstractProduct):
    """What is sold. Text columns have an `_en` twin; where that is empty the Vietnamese is shown, marked lang="vi".

    Weights are grams, volumes millilitres, shelf life days, strength per cent by volume.
    """

    register_row = models.PositiveIntegerField(null=True, blank=True, db_index=True)
    register_key = models.CharField(
        max_length=64, null=True, blank=True, unique=True, help_text="stable key of the row in the register"
    )
    registered_name = models.CharField(max_length=255, blank=True, help_text="the name as the register prints it")
    title_en = models.CharField(max_length=255, blank=True)
    short = models.CharField(max_length=160, blank=True)
    short_en = models.CharField(max_length=160, blank=True)
    description_en = models.TextField(blank=True)
    producer = models.ForeignKey(
        "catalog_producers.Producer", null=True, blank=True, on_delete=models.PROTECT, related_name="products"
    )
    commune = models.ForeignKey(
        "catalog_places.AdminUnit", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    district = models.ForeignKey(
        "catalog_places.AdminUnit",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="former district (huyện cũ)",
    )
    set_number = models.PositiveSmallIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=40, blank=True, help_text="how it is sold: coffee_roasted, honey…")
    gtin = models.CharField(max_length=14, null=True, blank=True, unique=True)
    pack = models.CharField(max_length=80, blank=True)
    pack_en = models.CharField(max_length=80, blank=True)
    net_g = models.PositiveIntegerField(null=True, blank=True)
    net_ml = models.PositiveIntegerField(null=True, blank=True)
    gross_g = models.PositiveIntegerField(null=True, blank=True)
    unit_price_basis = models.CharField(max_length=10, blank=True, help_text='"100 g", "100 ml" or empty')
    shelf_life_days = models.PositiveIntegerField(null=True, blank=True)
    storage = models.CharField(max_length=300, blank=True)
    storage_en = models.CharField(max_length=300, blank=True)
    usage = models.TextField(blank=True)
    usage_en = models.TextField(blank=True)
    ingredients = models.TextField(blank=True)
    ingredients_en = models.TextField(blank=True)
    allergens = models.CharField(max_length=200, blank=True)
    allergens_en = models.CharField(max_length=200, blank=True)
    abv_percent = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    season_months = models.JSONField(default=list, blank=True)
    keywords = models.TextField(blank=True)
    papers = models.JSONField(default=list, blank=True, help_text="codes of papers the kind of goods needs")
    fragile = models.BooleanField(default=False)
    cold = models.BooleanField(default=False)
    liquid = models.BooleanField(default=False)
    live = models.BooleanField(default=False)

    class Meta(AbstractProduct.Meta):
        constraints = [
            models.UniqueConstraint(fields=["slug"], condition=~models.Q(structure="child"), name="product_slug_once")
        ]

    def get_absolute_url(self) -> str:
        """One page a product: the packs of a parent are chosen there, a combo has its own shelf."""
        page = self.parent if self.is_child else self
        name = "combo" if page.product_class_id and page.product_class.slug == "combo" else "product"
        return reverse(f"storefront:{name}", kwargs={"slug": page.slug})

    @property
    def is_alcohol(self) -> bool:
        return bool(self.abv_percent)

    @property
    def is_spirits(self) -> bool:
        """15 % and above: no promotion, combo, live sale or advertising text."""
        return self.abv_percent is not None and self.abv_percent >= 15


from oscar.apps.catalogue.models import *
