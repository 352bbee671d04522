"""Choosing goods, gift sets and producers in the editor. A block keeps the id; the page asks for today's state."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.blocks import ChooserBlock, PageChooserBlock

from kernel.text import fold


class IdBlock(ChooserBlock):
    """A chooser whose value is the id alone: reading a page asks the database for nothing."""

    def to_python(self, value: int | None) -> int | None:
        return value

    def bulk_to_python(self, values: list[int | None]) -> list[int | None]:
        return list(values)

    def get_prep_value(self, value: Any) -> int | None:
        return getattr(value, "pk", value)

    def value_from_form(self, value: Any) -> int | None:
        return getattr(value, "pk", value)

    def extract_references(self, value: int | None):  # type: ignore[no-untyped-def]
        if value is not None:
            yield self.model_class, str(value), "", ""


class NameFilterForm(BaseFilterForm):
    """Search by name, with or without diacritics; the shelf is small enough to fold it on the spot."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)

    def filter(self, objects: QuerySet) -> QuerySet:
        words = fold(self.cleaned_data.get("q") or "").split()
        self.search_query = " ".join(words)
        self.is_searching = bool(words)
        if not words:
            return objects
        hits = [obj.pk for obj in objects if all(word in fold(self.text_of(obj)) for word in words)]
        return objects.filter(pk__in=hits)

    @staticmethod
    def text_of(obj: Any) -> str:
        producer = getattr(obj, "producer", None)
        return f"{obj} {producer or ''}"


class GoodsMixin:
    filter_form_class = NameFilterForm
    ordering = "title"

    def get_object_list(self) -> QuerySet:
        goods = self.model_class.objects.filter(is_public=True).exclude(structure="child")  # type: ignore[attr-defined]
        return goods.filter(combo=None).select_related("producer")

    @property
    def columns(self) -> list[Column]:
        return [*super().columns, Column("producer", label=_("Producer"), accessor="producer")]  # type: ignore[misc]


class ComboMixin:
    filter_form_class = NameFilterForm
    ordering = "title"

    def get_object_list(self) -> QuerySet:
        return self.model_class.objects.filter(is_public=True, combo__isnull=False)  # type: ignore[attr-defined]


class ProducerMixin:
    filter_form_class = NameFilterForm
    ordering = "name"

    def get_object_list(self) -> QuerySet:
        return self.model_class.objects.filter(is_active=True)  # type: ignore[attr-defined]


class PageIdBlock(IdBlock, PageChooserBlock):
    """A page by its id; its card is read together with those of other blocks."""


class GoodsChooser(ChooserViewSet):
    model = "catalogue.Product"
    icon = "tag"
    choose_one_text = _("Choose a product")
    choose_another_text = _("Choose another product")
    per_page = 12
    register_widget = False
    base_block_class = IdBlock
    choose_view_class = type("ChooseGoods", (GoodsMixin, ChooseView), {})
    choose_results_view_class = type("ChooseGoodsResults", (GoodsMixin, ChooseResultsView), {})


class ComboChooser(GoodsChooser):
    icon = "pick"
    choose_one_text = _("Choose a gift set")
    choose_another_text = _("Choose another gift set")
    choose_view_class = type("ChooseCombo", (ComboMixin, ChooseView), {})
    choose_results_view_class = type("ChooseComboResults", (ComboMixin, ChooseResultsView), {})


class ProducerChooser(GoodsChooser):
    model = "catalog_producers.Producer"
    icon = "group"
    choose_one_text = _("Choose a producer")
    choose_another_text = _("Choose another producer")
    choose_view_class = type("ChooseProducer", (ProducerMixin, ChooseView), {})
    choose_results_view_class = type("ChooseProducerResults", (ProducerMixin, ChooseResultsView), {})


goods_chooser = GoodsChooser("goods_chooser", url_prefix="chon-san-pham")
combo_chooser = ComboChooser("combo_chooser", url_prefix="chon-qua")
producer_chooser = ProducerChooser("producer_chooser", url_prefix="chon-nha-san-xuat")
VIEWSETS = [goods_chooser, combo_chooser, producer_chooser]

ProductBlock = goods_chooser.get_block_class(name="ProductBlock", module_path=__name__)
ComboBlock = combo_chooser.get_block_class(name="ComboBlock", module_path=__name__)
ProducerBlock = producer_chooser.get_block_class(name="ProducerBlock", module_path=__name__)
