"""QR codes as one path, to be drawn by a template: no image file, no inline style."""

from dataclasses import dataclass

import qrcode

QUIET = 4


@dataclass(frozen=True)
class QrPath:
    """`size` is the side in modules, quiet zone included; `d` the path of the dark ones."""

    size: int
    d: str


def qr_path(text: str) -> QrPath:
    """`text` as a QR code with error correction M (15 %)."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    parts = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            if row[x]:
                start = x
                while x < len(row) and row[x]:
                    x += 1
                parts.append(f"M{start} {y}h{x - start}v1h{start - x}z")
            else:
                x += 1
    return QrPath(size=len(rows), d="".join(parts))
