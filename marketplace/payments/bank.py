"""Reading what banks say: purpose codes in texts, and statements as files. Pure."""

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kernel.clock import HERE

MAX_ROWS = 5000
_CODE = re.compile(r"(?=(KT[0-9A-Z]{9}))")
_GAPS = re.compile(r"[^0-9A-Z]")


@dataclass(frozen=True)
class Columns:
    """Where one bank puts what: headers of its statement (the first that is there counts) and its date forms."""

    reference: tuple[str, ...]
    at: tuple[str, ...]
    amount: tuple[str, ...]
    content: tuple[str, ...]
    dates: tuple[str, ...]


BANKS: Mapping[str, Columns] = {
    "vietcombank": Columns(
        ("Số CT/ Doc No", "Số CT"),
        ("Ngày giao dịch/ Transaction Date", "Ngày giao dịch"),
        ("Số tiền ghi có/ Credit", "Số tiền ghi có"),
        ("Nội dung chi tiết/ Transactions in detail", "Nội dung chi tiết"),
        ("%d/%m/%Y %H:%M:%S", "%d/%m/%Y"),
    ),
    "agribank": Columns(
        ("Số giao dịch", "Mã giao dịch"), ("Ngày giao dịch",), ("Ghi có", "Phát sinh có"), ("Diễn giải", "Nội dung"),
        ("%d/%m/%Y %H:%M:%S", "%d/%m/%Y"),
    ),
    "generic": Columns(("reference",), ("date",), ("amount",), ("content",), ("%Y-%m-%d %H:%M", "%Y-%m-%d")),
}  # fmt: skip


@dataclass(frozen=True)
class Credit:
    """Money that came in, as a statement or a notice says it."""

    reference: str
    amount: int
    content: str
    at: datetime

    @property
    def key(self) -> str:
        return f"bank:{self.reference}"


@dataclass(frozen=True)
class RowError:
    row: int
    text: str


def codes_in(content: str) -> list[str]:
    """All purpose codes that could be meant, however the bank spaced or cased them."""
    plain = _GAPS.sub("", content.upper())
    return list(dict.fromkeys(_CODE.findall(plain)))


def amount_from(value: Any) -> int | None:
    """ "1.234.567" or "1,234,567.00" or 1234567.0 as whole đồng; None for an empty cell. Raises ValueError."""
    if value is None or value == "":
        return None
    if isinstance(value, (int, float)):
        if value != int(value):
            raise ValueError(str(value))
        return int(value)
    text = re.sub(r"[\s₫+]|VND", "", str(value))
    text = re.sub(r"[.,]00$", "", text)
    if not re.fullmatch(r"\d{1,3}([.,]\d{3})*|\d+", text):
        raise ValueError(str(value))
    return int(re.sub(r"[.,]", "", text))


def read_statement(name: str, data: bytes, bank: str) -> tuple[list[Credit], list[RowError]]:
    """Credits of a statement (.csv or .xlsx) and the rows that could not be read. Raises ValueError for the file."""
    if bank not in BANKS:
        raise ValueError("unknown bank")
    rows = _xlsx(data) if name.lower().endswith(".xlsx") else _csv(data)
    return _credits(rows, BANKS[bank])


def _csv(data: bytes) -> list[list[Any]]:
    text = data.decode("utf-8-sig")
    first = text[:2000]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    return [
        row for _, row in zip(range(MAX_ROWS + 1), csv.reader(io.StringIO(text), delimiter=delimiter), strict=False)
    ]


def _xlsx(data: bytes) -> list[list[Any]]:
    import openpyxl

    sheet = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True).active
    return [list(row) for _, row in zip(range(MAX_ROWS + 1), sheet.iter_rows(values_only=True), strict=False)]


def _credits(rows: list[list[Any]], mapping: Columns) -> tuple[list[Credit], list[RowError]]:
    head, places = _header(rows, mapping)
    credits: list[Credit] = []
    errors: list[RowError] = []
    seen: dict[str, int] = {}
    for number, row in enumerate(rows[head + 1 :], head + 2):
        cells = {field: row[index] if index < len(row) else None for field, index in places.items()}
        try:
            amount = amount_from(cells["amount"])
            if not amount:
                continue
            at = _date(cells["at"], mapping.dates)
        except ValueError as error:
            errors.append(RowError(number, str(error)))
            continue
        content = " ".join(str(cells["content"] or "").split())
        reference = str(cells["reference"] or "").strip()
        if not reference:
            print_of = hashlib.blake2b(f"{at}|{amount}|{content}".encode(), digest_size=10).hexdigest()
            seen[print_of] = seen.get(print_of, 0) + 1
            reference = f"{print_of}-{seen[print_of]}"
        credits.append(Credit(reference, amount, content, at))
    return credits, errors


def _header(rows: Iterable[list[Any]], mapping: Columns) -> tuple[int, dict[str, int]]:
    """The row of headers (statements begin with the bank's letterhead) and the column of each field."""
    for index, row in enumerate(rows):
        names = [" ".join(str(cell or "").split()) for cell in row]
        found = {
            field: next((names.index(h) for h in getattr(mapping, field) if h in names), None)
            for field in ("reference", "at", "amount", "content")
        }
        if found["amount"] is not None and found["content"] is not None and found["at"] is not None:
            return index, {field: place for field, place in found.items() if place is not None} | (
                {} if found["reference"] is not None else {"reference": 10**6}
            )
    raise ValueError("no header row of this bank found")


def _date(value: Any, forms: tuple[str, ...]) -> datetime:
    if isinstance(value, datetime):
        return value.replace(tzinfo=HERE) if value.tzinfo is None else value
    for form in forms:
        try:
            return datetime.strptime(str(value).strip(), form).replace(tzinfo=HERE)
        except ValueError:
            continue
    raise ValueError(f"date: {value}")
