"""What can be wrong with a register file as a whole (exceptions) and with one cell (RULES)."""

from django.utils.translation import gettext_lazy as _

from kernel.errors import DomainError


class RegisterFileRefused(DomainError):
    """The file as a whole can't be read; nothing was looked at row by row."""

    code = "register_file_refused"


class FileMissing(RegisterFileRefused):
    code = "file_missing"
    message = _("The file %(file)s can't be opened.")


class FileTooLarge(RegisterFileRefused):
    code = "file_too_large"
    message = _("The file is larger than %(limit)s MB.")


class FileKindUnknown(RegisterFileRefused):
    code = "file_kind_unknown"
    message = _("Only .csv and .xlsx files can be read.")


class WrongEncoding(RegisterFileRefused):
    code = "wrong_encoding"
    message = _("The file is not UTF-8 text (byte %(byte)s). Save it as “CSV UTF-8”.")


class BrokenCsv(RegisterFileRefused):
    code = "broken_csv"
    message = _("The CSV is broken at line %(line)s: a quotation mark is missing, or a cell is far too long.")


class BrokenWorkbook(RegisterFileRefused):
    code = "broken_workbook"
    message = _("This is not an Excel workbook that can be read.")


class WorkbookBomb(RegisterFileRefused):
    code = "workbook_bomb"
    message = _("The workbook unpacks to more than %(limit)s MB and was not opened.")


class FileEmpty(RegisterFileRefused):
    code = "file_empty"
    message = _("The file has no rows.")


class ColumnsMissing(RegisterFileRefused):
    code = "columns_missing"
    message = _("Columns are missing: %(columns)s.")


class ColumnsTwice(RegisterFileRefused):
    code = "columns_twice"
    message = _("Columns appear twice: %(columns)s.")


class TooManyRows(RegisterFileRefused):
    code = "too_many_rows"
    message = _("The file has more than %(limit)s rows.")


class RegisterHasErrors(DomainError):
    code = "register_has_errors"
    message = _("%(count)s cells are wrong, so nothing was written.")


RULES = {
    "name_missing": _("the product has no name"),
    "too_long": _("the text is too long"),
    "odd_character": _("there is a character that can't be printed"),
    "formula": _("there is a formula; put its value in"),
    "set_unknown": _("the set must be a whole number from 1 to 26"),
    "stars_range": _("stars are 3, 4, 5 or blank"),
    "stars_missing": _("a recognised product needs its stars"),
    "status_unknown": _("this status is not known"),
    "year_range": _("the year must lie between 2018 and this year"),
    "producer_type_unknown": _("this kind of producer is not known"),
    "district_unknown": _("no former district has this code"),
    "commune_2023_unknown": _("no commune of 2023 has this code"),
    "commune_unknown": _("no commune of today has this code"),
    "commune_elsewhere": _("the commune of 2023 did not become this commune of today"),
    "url_bad": _("the address must begin with http:// or https:// and have no blanks"),
    "duplicate_row": _("the same product of the same producer stands in an earlier line"),
    "too_many_cells": _("the row has more cells than the header"),
}
