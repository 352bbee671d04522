"""Label sheets: what is printed is what the passport shows."""

import re
import shutil
import subprocess
import zlib

import pytest
import zxingcpp
from PIL import Image

from tests.traceability.market import GTIN
from traceability.identifiers.weave import weave
from traceability.labels.domain import qr_matrix, runs
from traceability.labels.services import LAYOUTS, MAX_LABELS, Label, label_of, label_sheet


def drawing(pdf: bytes) -> str:
    """The drawing commands of every page."""
    return "\n".join(
        zlib.decompress(m[1]).decode("latin-1")
        for m in re.finditer(rb"/Filter /FlateDecode\n/Length \d+\n>>\nstream\n(.*?)\nendstream", pdf, re.S)
        if b" re f" in zlib.decompress(m[1])
    )


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\n", pdf))


def test_a_label_draws_its_code_and_its_weave(lot):
    text = drawing(label_sheet([label_of(lot)], layout="roll"))
    matrix = qr_matrix(f"http://testserver/01/{GTIN}/10/DM-2610-07")
    wanted = sum(len(runs(row)) for row in matrix) + 1
    wanted += sum(len(runs(row, colour)) for row in weave(GTIN, lot.code) for colour in (1, 2, 3))

    assert text.count(" re f") == wanted


@pytest.mark.parametrize(("count", "skip", "sheets"), [(24, 0, 1), (25, 0, 2), (24, 1, 2), (1, 23, 1)])
def test_a_sheet_holds_24(count, skip, sheets):
    pdf = label_sheet([Label(GTIN, "A1", "Cà phê")], copies=count, skip=skip)

    assert pages(pdf) == sheets


def test_a_roll_has_a_page_for_each_label():
    assert pages(label_sheet([Label(GTIN, "A1", "Cà phê")], layout="roll", copies=3)) == 3


def test_labels_fit_their_page():
    for layout in LAYOUTS.values():
        assert layout.margin[0] + layout.columns * layout.label[0] <= layout.page[0]
        assert layout.margin[1] + layout.rows * layout.label[1] <= layout.page[1]


def test_too_many_at_once_are_refused():
    with pytest.raises(ValueError, match=str(MAX_LABELS)):
        label_sheet([Label(GTIN, "A1", "Cà phê")], copies=MAX_LABELS + 1)


@pytest.mark.skipif(not shutil.which("gs"), reason="no Ghostscript to print with")
def test_a_printed_sheet_is_read_by_a_second_library(tmp_path):
    labels = [Label(GTIN, f"DM-{n}", "Cà phê bột nguyên chất Coffee Đăk Mar", "HTX Đăk Mar") for n in range(24)]
    (tmp_path / "sheet.pdf").write_bytes(label_sheet(labels))
    subprocess.run(
        ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pnggray", "-r300", f"-sOutputFile={tmp_path}/sheet.png",
         str(tmp_path / "sheet.pdf")],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    found = {code.text for code in zxingcpp.read_barcodes(Image.open(tmp_path / "sheet.png"))}

    assert found == {f"http://testserver/01/{GTIN}/10/DM-{n}" for n in range(24)}
