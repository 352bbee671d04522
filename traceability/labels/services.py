"""Label sheets: QR code, weave, lot and dates, as A4 sheets of 24 or as a roll with one label a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _
from fpdf import FPDF

from traceability.identifiers.domain import link_for
from traceability.identifiers.weave import SIZE, weave
from traceability.labels.domain import QUIET, qr_matrix, runs

if TYPE_CHECKING:
    from traceability.lots.models import Lot

FONTS = Path(__file__).with_name("fonts")
COLOURS = {0: (27, 37, 70), 1: (176, 58, 46), 2: (250, 246, 239), 3: (214, 158, 46)}  # ink of a label, not of the page
MAX_LABELS = 2000


@dataclass(frozen=True, slots=True)
class Layout:
    """Millimetres: the page, the label, how many across and down, the margin of the page."""

    page: tuple[float, float]
    label: tuple[float, float]
    columns: int = 1
    rows: int = 1
    margin: tuple[float, float] = (0, 0)


LAYOUTS = {
    "a4": Layout((210, 297), (70, 37), 3, 8, (0, 0.5)),
    "roll": Layout((60, 40), (60, 40)),
}


@dataclass(frozen=True, slots=True)
class Label:
    gtin: str
    lot: str
    name: str
    maker: str = ""
    packed_on: date | None = None
    use_by: date | None = None


def label_of(lot: Lot) -> Label:
    return Label(lot.gtin, lot.code, lot.product_name, lot.producer_name, lot.packed_at, lot.expires_on)


def label_sheet(labels: Iterable[Label], *, layout: str = "a4", copies: int = 1, skip: int = 0) -> bytes:
    """A PDF of the labels, each ``copies`` times; ``skip`` leaves the first places of a used A4 sheet empty.

    The address on the code is the shop's own; text is Vietnamese, as on the pack. Raises ValueError beyond
    ``MAX_LABELS``.
    """
    form = LAYOUTS[layout]
    wanted = [label for label in labels for _n in range(copies)]
    if len(wanted) > MAX_LABELS:
        raise ValueError(f"at most {MAX_LABELS} labels at once")
    pdf = FPDF(unit="mm", format=form.page)
    pdf.set_auto_page_break(False)
    pdf.set_margin(0)
    pdf.add_font("label", "", FONTS / "be-vietnam-pro-400.ttf")
    pdf.add_font("label", "B", FONTS / "be-vietnam-pro-600.ttf")
    per_page = form.columns * form.rows
    for number, label in enumerate(wanted, skip % per_page):
        place = number % per_page
        if place == 0 or not pdf.pages:
            pdf.add_page()
        x = form.margin[0] + place % form.columns * form.label[0]
        y = form.margin[1] + place // form.columns * form.label[1]
        _draw(pdf, label, x, y, *form.label)
    if not pdf.pages:
        pdf.add_page()
    return bytes(pdf.output())


def _draw(pdf: FPDF, label: Label, x: float, y: float, width: float, height: float) -> None:
    pad = 3.0
    side = min(height - 2 * pad - 5, 24)
    address = settings.SITE_URL.rstrip("/") + link_for(label.gtin, label.lot).path
    _cells(pdf, qr_matrix(address), x + pad, y + pad, side, QUIET)
    left = x + pad + side + 1.5
    weave_side = min(side * 0.6, (x + width - pad - left) * 0.44)
    _weave(pdf, label, x + width - pad - weave_side, y + height - pad - weave_side, weave_side)
    room = x + width - pad - left
    pdf.set_text_color(20, 20, 20)
    pdf.set_font("label", "B", 7.5)
    pdf.set_xy(left, y + pad)
    pdf.multi_cell(room, 3, _fit(label.name, 58), align="L", max_line_height=3)
    pdf.set_font("label", "", 5.5)
    pdf.set_x(left)
    pdf.multi_cell(room, 2.4, _fit(label.maker, 60), align="L")
    narrow = room - weave_side - 1
    pdf.set_xy(left, y + height - pad - weave_side)
    lines = [(_("Lot"), label.lot)]
    lines += [(_("Packed"), f"{label.packed_on:%d/%m/%Y}")] if label.packed_on else []
    lines += [(_("Use by"), f"{label.use_by:%d/%m/%Y}")] if label.use_by else []
    for title, value in lines:
        pdf.set_x(left)
        pdf.set_font("label", "", 5)
        pdf.cell(narrow, 2, title, new_x="LEFT", new_y="NEXT")
        _font_that_fits(pdf, value, narrow)
        pdf.cell(narrow, 2.6, value, new_x="LEFT", new_y="NEXT")
    pdf.set_font("label", "", 4.8)
    pdf.set_xy(x + pad, y + pad + side + 0.5)
    pdf.cell(side, 2.4, f"(01){label.gtin}", align="C", new_x="LEFT", new_y="NEXT")
    pdf.cell(side, 2.2, f"(10){label.lot}", align="C")


def _font_that_fits(pdf: FPDF, text: str, width: float) -> None:
    size = 6.5
    pdf.set_font("label", "B", size)
    while size > 4 and pdf.get_string_width(text) + 2 * pdf.c_margin > width:
        size -= 0.25
        pdf.set_font("label", "B", size)


def _fit(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _cells(pdf: FPDF, matrix: tuple, x: float, y: float, side: float, quiet: int) -> None:
    unit = side / (len(matrix) + 2 * quiet)
    pdf.set_fill_color(0, 0, 0)
    for row, cells in enumerate(matrix):
        for start, length in runs(cells):
            pdf.rect(x + (start + quiet) * unit, y + (row + quiet) * unit, length * unit, unit, "F")


def _weave(pdf: FPDF, label: Label, x: float, y: float, side: float) -> None:
    unit = side / SIZE
    pdf.set_fill_color(*COLOURS[0])
    pdf.rect(x, y, side, side, "F")
    for row, cells in enumerate(weave(label.gtin, label.lot)):
        for colour in (1, 2, 3):
            found = runs(cells, colour)
            if found:
                pdf.set_fill_color(*COLOURS[colour])
            for start, length in found:
                pdf.rect(x + start * unit, y + row * unit, length * unit, unit, "F")
