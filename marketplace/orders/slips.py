"""Packing slips and address labels of a day as one PDF: A6 pages, a slip and a label for each parcel."""

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from fpdf import FPDF

from kernel.money import format_dong
from marketplace.orders.models import SellerOrder
from marketplace.orders.selectors import buyer_for_seller

FONTS = Path(settings.BASE_DIR) / "traceability" / "labels" / "fonts"
MARGIN = 7


def packing_pdf(parts: Sequence[SellerOrder]) -> bytes:
    """Two A6 pages for each part: what goes in, and where it goes. Vietnamese letters are in the embedded face."""
    pdf = FPDF(format=(105, 148))
    pdf.set_margins(MARGIN, MARGIN)
    pdf.set_auto_page_break(True, margin=MARGIN)
    pdf.add_font("body", "", str(FONTS / "be-vietnam-pro-400.ttf"))
    pdf.add_font("body", "B", str(FONTS / "be-vietnam-pro-600.ttf"))
    for part in parts:
        _slip(pdf, part)
        _label(pdf, part)
    return bytes(pdf.output())


def _line(pdf: FPDF, text: str, size: int = 9, style: str = "", gap: float = 4.6) -> None:
    pdf.set_font("body", style, size)
    pdf.multi_cell(0, gap, text, new_x="LMARGIN", new_y="NEXT")


def _slip(pdf: FPDF, part: SellerOrder) -> None:
    pdf.add_page()
    _line(pdf, settings.SHOP_NAME, 8)
    _line(pdf, _("Packing slip %(number)s") % {"number": part.number}, 13, "B", 7)
    pdf.ln(1)
    for line in part.lines.all():
        if line.status == "cancelled":
            continue
        lots = ", ".join(f"{lot.lot_code} × {lot.quantity}" for lot in line.lots.all())
        _line(pdf, f"☐ {line.quantity} × {line.title}".replace("☐", "[ ]"), 10, "B", 5)
        details = [line.pack, f"{_('Lot')} {lots}" if lots else "", line.bundle_title]
        _line(pdf, " · ".join(filter(None, details)), 8)
        if line.card_text:
            _line(pdf, f"{_('Card:')} {line.card_text}", 8)
    pdf.ln(2)
    _line(pdf, _("A gift box carries no price. Stick the label on the parcel, put this slip inside."), 7)


def _label(pdf: FPDF, part: SellerOrder) -> None:
    buyer, order = buyer_for_seller(part), part.order
    pdf.add_page()
    _line(pdf, f"{_('From')}: {part.partner.name}", 9)
    pdf.ln(3)
    _line(pdf, _("To"), 9)
    _line(pdf, buyer.name, 15, "B", 8)
    _line(pdf, buyer.phone, 13, "B", 7)
    _line(pdf, order.pickup_name or f"{buyer.street}\n{buyer.place}", 12, "", 6)
    if buyer.note:
        _line(pdf, buyer.note, 9)
    pdf.ln(3)
    cash = sum(parcel.cod_amount for parcel in part.parcels.all())
    _line(pdf, f"{_('Cash to collect')}: {format_dong(cash)}", 13, "B", 7)
    _line(pdf, _("The buyer may open it before paying."), 8)
    if any(line.product is not None and line.product.fragile for line in part.lines.all()):
        _line(pdf, _("FRAGILE"), 13, "B", 7)
    pdf.ln(2)
    _line(pdf, f"{part.number} · {part.weight_g} g", 9)
