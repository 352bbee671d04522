"""Producers and their papers, for pages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.producers.domain import PaperDates, lapses
from catalog.producers.models import Producer, ProducerPaper

PAPERS = {
    "dkkd": gettext_lazy("Business registration"),
    "attp": gettext_lazy("Food-safety eligibility certificate"),
    "tu_cong_bo": gettext_lazy("Product self-declaration"),
    "dang_ky_cong_bo": gettext_lazy("Registered product declaration"),
    "cong_bo_san_pham": gettext_lazy("Product or standard declaration"),
    "kiem_nghiem": gettext_lazy("Test report"),
    "kiem_dich_thu_y": gettext_lazy("Veterinary certificate"),
    "gp_san_xuat_ruou": gettext_lazy("Alcohol production licence"),
    "xac_nhan_quang_cao": gettext_lazy("Approval of advertising content"),
    "gmp": gettext_lazy("GMP certificate"),
    "vietgap": gettext_lazy("VietGAP or organic"),
    "ma_vung_trong": gettext_lazy("Planting-area code"),
    "iso_haccp": gettext_lazy("ISO or HACCP"),
    "gi_dak_ha": gettext_lazy("Right to use the Đăk Hà geographical indication"),
    "gi_ngoc_linh": gettext_lazy("Right to use the Ngọc Linh geographical indication"),
    "dk_luu_tru": gettext_lazy("Lodging registration"),
    "pccc": gettext_lazy("Fire-safety paper"),
}


def pages() -> QuerySet[Producer]:
    """Producers that have a page of their own."""
    return Producer.objects.filter(is_active=True).select_related("commune__historic_district")


def papers_for(producer_id: int, product_id: int | None) -> list[ProducerPaper]:
    """Papers of the producer itself and, where asked, those of one product."""
    wanted = Q(product__isnull=True)
    if product_id is not None:
        wanted |= Q(product_id=product_id)
    return list(ProducerPaper.objects.filter(wanted, producer_id=producer_id).order_by("kind", "id"))


def paper_label(kind: str) -> str:
    """ "attp" -> "Food-safety eligibility certificate"; an unknown code stays itself."""
    return str(PAPERS.get(kind, kind))


def sale_block_reasons(product_ids: Iterable[int], day: date) -> dict[int, str]:
    """Why products (or packs) may not be sold on `day`: {id: sentence in the active language}. Two queries.

    A mandatory paper of the producer stops all its goods, one of a product stops that product and its packs.
    A paper that was never recorded stops nothing: that is for whoever approves the product.
    """
    ids = list(product_ids)
    mandatory = ProducerPaper.objects.filter(mandatory=True)
    papers = mandatory.filter(producer__in=mandatory.filter(valid_to__lt=day).values("producer"))
    columns = ("producer_id", "product_id", "kind", "valid_to")
    lapsed = lapses((PaperDates(*row) for row in papers.values_list(*columns)), day)
    if not lapsed or not ids:
        return {}
    goods = Producer.objects.filter(pk__in={lapse.producer_id for lapse in lapsed}, products__in=ids)
    rows = list(goods.values_list("pk", "products__pk", "products__parent_id"))
    found: dict[int, str] = {}
    for lapse in lapsed:
        for producer_id, product_id, parent_id in rows:
            if producer_id == lapse.producer_id and lapse.product_id in (None, product_id, parent_id):
                found.setdefault(product_id, _reason(lapse.kind, lapse.since))
    return found


def paper_lapsed(day: date, product: str = "product") -> Exists:
    """The rule of `sale_block_reasons` as a condition on rows that point at a product, so that it costs no query."""
    good = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    same = ProducerPaper.objects.filter(good, mandatory=True, producer=OuterRef("producer"), kind=OuterRef("kind"))
    renewed = same.filter(Q(product=OuterRef("product")) | Q(product__isnull=True, producer=OuterRef("of_all")))
    concerned = (
        Q(product__isnull=True, producer=OuterRef(f"{product}__producer"))
        | Q(product=OuterRef(product))
        | Q(product=OuterRef(f"{product}__parent"))
    )
    papers = ProducerPaper.objects.filter(concerned, mandatory=True, valid_to__lt=day)
    of_all = papers.annotate(of_all=Case(When(product__isnull=True, then=F("producer"))))
    return Exists(of_all.exclude(Exists(renewed)))


def _reason(kind: str, since: date) -> str:
    return _("Not for sale: %(paper)s lapsed on %(day)s.") % {
        "paper": paper_label(kind),
        "day": date_format(since, "SHORT_DATE_FORMAT"),
    }


def papers_lapsing(day: date, days: int = 60) -> list[ProducerPaper]:
    """Mandatory papers that end within `days`, or have ended, the most urgent first: for reminders."""
    rows = ProducerPaper.objects.filter(mandatory=True, valid_to__lte=day + timedelta(days=days))
    return list(rows.select_related("producer", "product").order_by(F("valid_to").asc(), "pk"))
