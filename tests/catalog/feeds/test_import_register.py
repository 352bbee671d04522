from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from openpyxl import Workbook

from catalog.certification.models import Certificate
from catalog.feeds.domain import COLUMNS
from catalog.feeds.errors import RegisterHasErrors
from catalog.feeds.models import RegisterEntry
from catalog.feeds.readers import read_register
from catalog.feeds.selectors import register_plan
from catalog.feeds.services import register_apply
from catalog.producers.models import Producer
from catalog.products.models import Product
from kernel.actors import SYSTEM
from kernel.audit.models import AuditEntry
from kernel.errors import NotPermitted

pytestmark = pytest.mark.usefixtures("units", "sets")


def plan_of(path):
    return register_plan(read_register(path))


def apply(path):
    return register_apply(actor=SYSTEM, plan=plan_of(path))


def test_a_preview_writes_nothing(register_file):
    plan = plan_of(register_file({}))

    assert [planned.action for planned in plan.rows] == ["new"]
    assert Product.objects.count() == 0


def test_a_new_row_becomes_a_product_with_its_producer_place_set_and_history(register_file):
    apply(register_file({}))

    product = Product.objects.get()
    assert product.title == product.registered_name == "Cà phê bột Đăk Mar"
    assert product.slug == "ca-phe-bot-dak-mar"
    assert (product.producer.name, product.producer.legal_form) == ("HTX Đăk Mar", "cooperative")
    assert product.producer.commune == product.commune
    assert product.commune.name == "Xã Đăk Mar"
    assert product.district.local_spelling == "Huyện Đăk Hà"
    assert product.categories.get().slug == "ca-phe-cacao"
    report = product.certificates.get()
    assert (report.state, report.stars, report.year_reported) == ("reported", 3, 2021)
    assert report.source_url == "https://example.vn/tin"


def test_the_second_run_changes_nothing(register_file):
    path = register_file({}, {"product_name": "Cà phê hạt"}, {"product_name": "Măng khô", "producer_name": ""})
    apply(path)
    before = list(Product.objects.values()), AuditEntry.objects.count(), list(RegisterEntry.objects.values())

    assert apply(path) == {"new": 0, "changed": 0}

    assert (list(Product.objects.values()), AuditEntry.objects.count(), list(RegisterEntry.objects.values())) == before


def test_a_changed_cell_is_shown_and_written_alone(register_file):
    apply(register_file({}, {"product_name": "Cà phê hạt"}))
    path = register_file({}, {"product_name": "Cà phê hạt", "stars": "4", "suggested_set_no": "12"})

    plan = plan_of(path)
    assert plan.rows[1].changes == {"stars": ("3", "4"), "suggested_set_no": ("13", "12")}

    assert register_apply(actor=SYSTEM, plan=plan) == {"new": 0, "changed": 1}
    product = Product.objects.get(title="Cà phê hạt")
    assert product.certificates.get().stars == 4
    assert product.categories.get().number == 12


def test_a_producer_that_is_found_out_later_is_given_to_the_product_that_had_none(register_file):
    apply(register_file({"producer_name": "", "producer_type": ""}))
    assert Product.objects.get().producer.is_placeholder

    apply(register_file({}))

    assert Product.objects.get().producer.name == "HTX Đăk Mar"
    assert apply(register_file({})) == {"new": 0, "changed": 0}


def test_only_a_recognised_row_leaves_stars_as_history(register_file):
    apply(register_file({"status": "provincial_scored", "stars": "4"}))

    assert Certificate.objects.count() == 0


def test_a_recognition_that_the_source_takes_back_is_gone_from_the_history(register_file):
    apply(register_file({}))
    apply(register_file({"status": "mentioned_as_ocop"}))

    assert Certificate.objects.count() == 0
    assert AuditEntry.objects.filter(verb="certification.report.taken_back").count() == 1


def test_a_blank_producer_and_a_blank_commune_are_no_errors(register_file):
    blank = dict.fromkeys(("producer_name", "producer_type", "commune_code_2023", "commune_code_2025"), "")
    apply(register_file(blank | {"district_code": ""}))

    product = Product.objects.get()
    assert product.producer.name == "Người làm chưa ghi"
    assert (product.commune, product.district) == (None, None)


@pytest.mark.parametrize(
    ("changes", "column", "rule"),
    [
        pytest.param({"product_name": " "}, "product_name", "name_missing"),
        pytest.param({"product_name": "x" * 256}, "product_name", "too_long"),
        pytest.param({"product_name": "Cà \ue000 phê"}, "product_name", "odd_character"),
        pytest.param({"producer_name": '=HYPERLINK("http://x")'}, "producer_name", "formula"),
        pytest.param({"note": "@SUM(1)"}, "note", "formula"),
        pytest.param({"suggested_set_no": "27"}, "suggested_set_no", "set_unknown"),
        pytest.param({"suggested_set_no": ""}, "suggested_set_no", "set_unknown"),
        pytest.param({"suggested_set_no": "13.5"}, "suggested_set_no", "set_unknown"),
        pytest.param({"suggested_set_no": "１３"}, "suggested_set_no", "set_unknown"),
        pytest.param({"stars": "6"}, "stars", "stars_range"),
        pytest.param({"stars": "2"}, "stars", "stars_range"),
        pytest.param({"stars": ""}, "stars", "stars_missing"),
        pytest.param({"status": "certified"}, "status", "status_unknown"),
        pytest.param({"year_recognised": "2999"}, "year_recognised", "year_range"),
        pytest.param({"year_recognised": "soon"}, "year_recognised", "year_range"),
        pytest.param({"producer_type": "Inc."}, "producer_type", "producer_type_unknown"),
        pytest.param({"district_code": "609"}, "district_code", "district_unknown"),
        pytest.param({"commune_code_2023": "1"}, "commune_code_2023", "commune_2023_unknown"),
        pytest.param({"commune_code_2025": "99999"}, "commune_code_2025", "commune_unknown"),
        pytest.param({"commune_code_2025": "23473"}, "commune_code_2025", "commune_elsewhere"),
        pytest.param({"source_url": "javascript:alert(1)"}, "source_url", "url_bad"),
    ],
)
def test_a_wrong_cell_is_named_by_line_column_and_rule(register_file, changes, column, rule):
    plan = plan_of(register_file({"product_name": "Cà phê hạt"}, changes))

    assert [(error.line, error.column, error.rule) for error in plan.errors] == [(3, column, rule)]


def test_one_wrong_row_and_nothing_is_written(register_file):
    plan = plan_of(register_file({}, {"stars": "9"}))

    with pytest.raises(RegisterHasErrors):
        register_apply(actor=SYSTEM, plan=plan)
    assert Product.objects.count() == Producer.objects.count() == 0


def test_the_same_product_of_the_same_producer_may_stand_there_once(register_file):
    plan = plan_of(register_file({}, {"product_name": "CÀ PHÊ  BỘT DAK MAR"}, {"producer_name": "Hộ khác"}))

    assert [(error.line, error.rule, error.value) for error in plan.errors] == [(3, "duplicate_row", "2")]


def test_a_stranger_may_not_import(register_file, stranger):
    plan = plan_of(register_file({}))

    with pytest.raises(NotPermitted):
        register_apply(actor=stranger, plan=plan)
    assert Product.objects.count() == 0


def test_lines_are_counted_in_the_file_also_after_a_cell_with_line_breaks(register_file):
    plan = plan_of(register_file({"product_name": "Ba dòng", "note": "a\nb\nc"}, {"stars": "1"}))

    assert [(error.line, error.rule) for error in plan.errors if error.rule == "stars_range"] == [(5, "stars_range")]


def test_a_workbook_says_the_same_as_the_csv(register_file, tmp_path):
    apply(register_file({}, {"product_name": "Cà phê hạt"}))
    book = Workbook()
    for row in register_file({}, {"product_name": "Cà phê hạt"}).read_text(encoding="utf-8").splitlines():
        book.active.append([int(cell) if cell.isdecimal() else cell for cell in row.split(",")])
    book.save(tmp_path / "register.xlsx")

    plan = plan_of(tmp_path / "register.xlsx")

    assert [planned.action for planned in plan.rows] == ["same", "same"]


def test_a_formula_in_a_workbook_is_an_error_not_a_value(tmp_path):
    from tests.catalog.conftest import GOOD_ROW

    book = Workbook()
    book.active.append(list(COLUMNS))
    book.active.append([GOOD_ROW.get(column, "") if column != "stars" else "=1+2" for column in COLUMNS])
    book.save(tmp_path / "register.xlsx")

    errors = plan_of(tmp_path / "register.xlsx").errors

    assert ("stars", "formula") in [(error.column, error.rule) for error in errors]


def run(*args):
    out, err = StringIO(), StringIO()
    call_command("import_register", *args, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_command_previews_then_applies(register_file):
    path = str(register_file({}))

    assert "Cà phê bột Đăk Mar" in run(path)[0]
    assert Product.objects.count() == 0
    assert "Written." in run(path, "--apply", "--lang", "en")[0]
    assert Product.objects.count() == 1
    assert "0 new" in run(path, "--apply", "--lang", "en")[0]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("vi", "dòng 2, cột stars: số sao là 3, 4, 5 hoặc để trống"), ("en", "line 2, column stars: stars are 3, 4, 5")],
)
def test_errors_are_told_in_both_languages_with_exit_code_1(register_file, language, sentence):
    out, err = StringIO(), StringIO()

    with pytest.raises(CommandError) as refusal:
        call_command(
            "import_register", str(register_file({"stars": "7"})), "--apply", "--lang", language, stdout=out, stderr=err
        )

    assert refusal.value.returncode == 1
    assert sentence in err.getvalue()


def test_a_file_that_cannot_be_read_ends_with_exit_code_2(tmp_path):
    with pytest.raises(CommandError) as refusal:
        run(str(tmp_path / "none.csv"))

    assert refusal.value.returncode == 2
