"""VietQR: the EMVCo payload of a transfer and its QR code as one SVG path, made without any service.

Layout: tag, two digits of length, value (lengths count ASCII bytes). The CRC closes it, its own tag included.
"""

import re
from functools import lru_cache

import qrcode
from qrcode.constants import ERROR_CORRECT_M

GUID = "A000000727"
SERVICE_ACCOUNT = "QRIBFTTA"
DONG_CODE = "704"
_PURPOSE = re.compile(r"[A-Za-z0-9 ]{1,25}")
BANKS = {
    "970436": "Vietcombank",
    "970415": "VietinBank",
    "970407": "Techcombank",
    "970416": "ACB",
    "970418": "BIDV",
    "970422": "MB",
    "970432": "VPBank",
    "970405": "Agribank",
    "970403": "Sacombank",
}


def crc16(text: str) -> str:
    """CRC-16/CCITT-FALSE (poly 0x1021, init 0xFFFF) as four upper-case hex digits."""
    crc = 0xFFFF
    for byte in text.encode("ascii"):
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1) ^ 0x1021 if crc & 0x8000 else crc << 1
            crc &= 0xFFFF
    return f"{crc:04X}"


def _field(tag: str, value: str) -> str:
    return f"{tag}{len(value):02d}{value}"


def payload(*, bank_bin: str, account: str, amount: int | None, purpose: str = "") -> str:
    """The text inside the QR code. Raises ValueError for what a banking app would refuse."""
    if not re.fullmatch(r"\d{6}", bank_bin) or not re.fullmatch(r"[A-Za-z0-9]{1,19}", account):
        raise ValueError("a BIN has six digits, an account up to 19 letters or digits")
    if amount is not None and (not isinstance(amount, int) or isinstance(amount, bool) or amount < 1):
        raise ValueError("the amount is whole đồng")
    if purpose and not _PURPOSE.fullmatch(purpose):
        raise ValueError("a purpose is up to 25 plain letters and digits")
    beneficiary = _field("00", bank_bin) + _field("01", account)
    merchant = _field("00", GUID) + _field("01", beneficiary) + _field("02", SERVICE_ACCOUNT)
    text = _field("00", "01") + _field("01", "12" if amount else "11") + _field("38", merchant)
    text += _field("53", DONG_CODE)
    if amount:
        text += _field("54", str(amount))
    text += _field("58", "VN")
    if purpose:
        text += _field("62", _field("08", purpose))
    text += "6304"
    return text + crc16(text)


@lru_cache(maxsize=256)
def qr_path(text: str) -> tuple[str, int]:
    """The dark modules as an SVG path, runs joined, and the number of modules per side."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    parts = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            if not row[x]:
                x += 1
                continue
            start = x
            while x < len(row) and row[x]:
                x += 1
            parts.append(f"M{start} {y}h{x - start}v1h-{x - start}z")
    return "".join(parts), len(rows)
