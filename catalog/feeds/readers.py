"""From a .csv or .xlsx file to rows of text, within bounds: size, rows, cells, unpacked size."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from catalog.feeds import errors
from catalog.feeds.domain import COLUMNS, MAY_BE_MISSING, Row
from kernel.text import nfc

MEGABYTE = 1024 * 1024
MAX_FILE_MB = 20
MAX_UNPACKED_MB = 100
MAX_ROWS = 20_000
MAX_COLUMNS = 64
MAX_BLANK_ROWS = 1000
RawRow = tuple[int, list[str], frozenset[int]]


def read_register(path: str | Path) -> list[Row]:
    """All rows of a register file. Raises a RegisterFileRefused for a file that can't be read as a whole."""
    path = Path(path)
    try:
        if path.stat().st_size > MAX_FILE_MB * MEGABYTE:
            raise errors.FileTooLarge(limit=MAX_FILE_MB)
        data = path.read_bytes()
    except OSError:
        raise errors.FileMissing(file=path.name) from None
    kinds = {".csv": _csv_rows, ".xlsx": _xlsx_rows}
    if path.suffix.lower() not in kinds:
        raise errors.FileKindUnknown
    return _rows(kinds[path.suffix.lower()](data))


def _rows(raw: Iterable[RawRow]) -> list[Row]:
    lines = iter(raw)
    header = next(lines, None)
    if header is None:
        raise errors.FileEmpty
    names = [nfc(name).strip().lower() for name in header[1]]
    _check_header(names)
    rows: list[Row] = []
    for line, cells, formulas in lines:
        if not any(cell.strip() for cell in cells) and not formulas:
            continue
        if len(rows) >= MAX_ROWS:
            raise errors.TooManyRows(limit=MAX_ROWS)
        by_name = dict.fromkeys(COLUMNS, "")
        for name, cell in zip(names, cells, strict=False):
            if name in by_name:
                by_name[name] = nfc(cell).strip()
        marked = frozenset(names[index] for index in formulas if index < len(names) and names[index] in by_name)
        longer = any(cell.strip() for cell in cells[len(names) :])
        rows.append(Row(line, len(rows) + 1, by_name, marked, too_many_cells=longer))
    if not rows:
        raise errors.FileEmpty
    return rows


def _check_header(names: list[str]) -> None:
    missing = [name for name in COLUMNS if name not in names and name not in MAY_BE_MISSING]
    if missing:
        raise errors.ColumnsMissing(columns=", ".join(missing))
    twice = sorted({name for name in names if name in COLUMNS and names.count(name) > 1})
    if twice:
        raise errors.ColumnsTwice(columns=", ".join(twice))


def _csv_rows(data: bytes) -> Iterator[RawRow]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise errors.WrongEncoding(byte=error.start + 1) from None
    if "\0" in text:
        raise errors.WrongEncoding(byte=text.index("\0") + 1)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells, frozenset()
            line = reader.line_num + 1
    except csv.Error:
        raise errors.BrokenCsv(line=line) from None


def _xlsx_rows(data: bytes) -> Iterator[RawRow]:
    _check_unpacked_size(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        cells = sheet.iter_rows(max_col=MAX_COLUMNS)
    except Exception:  # openpyxl lets any error of zip, XML or its own out for a broken file
        raise errors.BrokenWorkbook from None
    blanks = 0
    for line, row in enumerate(_guarded(cells), start=1):
        texts = [_text(cell.value) for cell in row]
        while texts and not texts[-1]:
            texts.pop()
        blanks = 0 if texts else blanks + 1
        if blanks > MAX_BLANK_ROWS:
            return
        formulas = frozenset(index for index, cell in enumerate(row) if getattr(cell, "data_type", "") == "f")
        if texts or line == 1:
            yield line, texts, formulas


def _guarded(rows: Iterable[Any]) -> Iterator[Any]:
    lines = iter(rows)
    while True:
        try:
            row = next(lines)
        except StopIteration:
            return
        except Exception:  # the same as above: the sheet is read as it is asked for
            raise errors.BrokenWorkbook from None
        yield row


def _check_unpacked_size(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise errors.BrokenWorkbook from None
    if unpacked > MAX_UNPACKED_MB * MEGABYTE:
        raise errors.WorkbookBomb(limit=MAX_UNPACKED_MB)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
