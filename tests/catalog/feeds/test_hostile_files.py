"""Whatever bytes come in, the reader answers with rows or with a refusal that has a name."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.feeds import errors, readers
from catalog.feeds.domain import COLUMNS, Known, check
from catalog.feeds.readers import read_register

HEADER = ",".join(COLUMNS)
KNOWN = Known(frozenset(range(1, 27)), frozenset({"615"}), {"23512": frozenset({"23512"})}, frozenset({"23512"}), 2026)


def write(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    return path


def bomb():
    """A workbook of 200 MB in a few hundred kB."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (200 * 1024 * 1024))
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "refusal"),
    [
        pytest.param("a.csv", "Cà phê".encode("cp1258", "replace") + b"\xff", errors.WrongEncoding, id="cp1258"),
        pytest.param("a.csv", "Cà phê".encode("utf-16"), errors.WrongEncoding, id="utf-16"),
        pytest.param("a.csv", b"product_name\0,x\n", errors.WrongEncoding, id="nul"),
        pytest.param("a.csv", b"", errors.FileEmpty, id="empty"),
        pytest.param("a.csv", HEADER.encode() + b"\n\n,,,\n", errors.FileEmpty, id="only-a-header"),
        pytest.param("a.csv", b"product_name,stars\nx,3\n", errors.ColumnsMissing, id="missing-columns"),
        pytest.param("a.csv", (HEADER + ",stars\n1").encode(), errors.ColumnsTwice, id="column-twice"),
        pytest.param("a.csv", (HEADER + '\n"open').encode(), errors.BrokenCsv, id="open-quote"),
        pytest.param("a.csv", (HEADER + "\n" + "x" * 200_000).encode(), errors.BrokenCsv, id="cell-of-200-kB"),
        pytest.param("a.xlsx", b"PK\x03\x04 not a zip", errors.BrokenWorkbook, id="broken-zip"),
        pytest.param("a.xlsx", HEADER.encode(), errors.BrokenWorkbook, id="csv-called-xlsx"),
        pytest.param("a.ods", b"x", errors.FileKindUnknown, id="other-kind"),
    ],
)
def test_a_file_that_is_no_register_is_refused_by_name(tmp_path, name, data, refusal):
    with pytest.raises(refusal) as caught:
        read_register(write(tmp_path, name, data))
    assert caught.value.text


def test_a_folder_and_a_missing_file_are_refused(tmp_path):
    for path in (tmp_path, tmp_path / "none.csv"):
        with pytest.raises(errors.RegisterFileRefused):
            read_register(path)


def test_a_zip_bomb_is_not_unpacked(tmp_path):
    with pytest.raises(errors.WorkbookBomb):
        read_register(write(tmp_path, "bomb.xlsx", bomb()))


def test_a_zip_that_is_no_workbook_is_refused(tmp_path):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("hello.txt", "x")

    with pytest.raises(errors.BrokenWorkbook):
        read_register(write(tmp_path, "a.xlsx", data.getvalue()))


def test_a_hundred_thousand_rows_are_refused_early(tmp_path):
    text = HEADER + "\n" + ("x" + "," * (len(COLUMNS) - 1) + "\n") * 100_000

    with pytest.raises(errors.TooManyRows):
        read_register(write(tmp_path, "a.csv", text.encode()))


def test_a_file_beyond_the_size_limit_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(readers, "MAX_FILE_MB", 0)

    with pytest.raises(errors.FileTooLarge):
        read_register(write(tmp_path, "a.csv", HEADER.encode()))


def test_more_cells_than_the_header_is_an_error_of_the_row(tmp_path):
    rows = read_register(write(tmp_path, "a.csv", (HEADER + "\nx" + "," * len(COLUMNS) + "y").encode()))

    assert "too_many_cells" in {error.rule for error in check(rows, KNOWN).errors}


def test_columns_may_stand_in_any_order_and_case_and_unknown_ones_are_left_out(tmp_path):
    header = ",".join(["extra", *(name.upper() for name in reversed(COLUMNS))])
    rows = read_register(write(tmp_path, "a.csv", ("\ufeff" + header + "\n1" + ",2" * len(COLUMNS)).encode()))

    assert rows[0].cells == dict.fromkeys(COLUMNS, "2")


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=400), kind=st.sampled_from(["csv", "xlsx"]), headed=st.booleans())
def test_no_bytes_make_the_reader_fall(tmp_path_factory, data, kind, headed):
    path = tmp_path_factory.mktemp("bytes") / f"file.{kind}"
    path.write_bytes((HEADER.encode() + b"\n" if headed else b"") + data)
    try:
        rows = read_register(path)
    except errors.RegisterFileRefused as refusal:
        assert refusal.code != "register_file_refused"
        assert refusal.text
    else:
        checked = check(rows, KNOWN)
        assert len(rows) >= len(checked.rows)
        assert all(error.rule in errors.RULES for error in checked.errors)


@settings(max_examples=150, deadline=None)
@given(cells=st.lists(st.text(max_size=40), min_size=len(COLUMNS), max_size=len(COLUMNS)))
def test_every_row_is_either_good_or_has_a_named_error(tmp_path_factory, cells):
    import csv

    path = tmp_path_factory.mktemp("cells") / "file.csv"
    with path.open("w", encoding="utf-8", errors="replace", newline="") as target:
        csv.writer(target).writerows([COLUMNS, cells])
    try:
        rows = read_register(path)
    except errors.RegisterFileRefused:
        return
    checked = check(rows, KNOWN)
    wrong = {error.line for error in checked.errors}
    assert {row.line for row in checked.rows} | wrong == {row.line for row in rows}
    assert not {row.line for row in checked.rows} & wrong


def test_a_broken_member_inside_a_real_workbook_is_refused(tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(list(COLUMNS))
    book.save(tmp_path / "good.xlsx")
    source = zipfile.ZipFile(tmp_path / "good.xlsx")
    with zipfile.ZipFile(tmp_path / "bad.xlsx", "w") as target:
        for member in source.infolist():
            body = source.read(member)
            target.writestr(member.filename, body[: len(body) // 2] if "sheet1" in member.filename else body)

    with pytest.raises(errors.RegisterFileRefused):
        read_register(tmp_path / "bad.xlsx")
