from datetime import date

import pytest

from catalog.certification import errors
from catalog.certification.models import Certificate
from catalog.certification.selectors import current_stars, documents_of, find, history, reminders, stars_by_product
from catalog.certification.services import (
    certificate_extend,
    certificate_lift,
    certificate_revoke,
    certificate_suspend,
    certificates_report,
    document_add,
    document_read,
)
from catalog.certification.signals import certificate_changed
from catalog.products.services import Pack, packs_set, product_create
from kernel.actors import SYSTEM
from kernel.audit.models import AuditEntry
from kernel.errors import NotPermitted


def test_a_certificate_runs_36_months(issue):
    assert issue(issued_on=date(2026, 6, 1)).expires_on == date(2029, 5, 31)


def test_stars_begin_on_the_day_of_issue_and_end_after_the_last_day(issue, product):
    issue()

    def stars(day):
        return {pk: row.stars for pk, row in current_stars([product.pk], day).items()}

    assert stars(date(2026, 5, 31)) == {}
    assert stars(date(2026, 6, 1)) == stars(date(2029, 5, 31)) == {product.pk: 3}
    assert stars(date(2029, 6, 1)) == {}


def test_a_pack_takes_the_certificate_of_its_product_in_one_query(issue, product, today, django_assert_num_queries):
    issue()
    packs = packs_set(actor=SYSTEM, product=product, packs=[Pack("gói 100 g"), Pack("gói 1 kg")])
    ids = [packs[0].pk, packs[1].pk]

    with django_assert_num_queries(1):
        found = current_stars([*ids, product.pk], today)

    assert {pk: row.stars for pk, row in found.items()} == dict.fromkeys([*ids, product.pk], 3)
    assert stars_by_product(today) == {product.pk: 3}


def test_a_certificate_entered_for_a_pack_belongs_to_its_product(issue, product):
    pack = packs_set(actor=SYSTEM, product=product, packs=[Pack("a"), Pack("b")])[0]

    assert issue(product=pack).product == product


def test_the_higher_of_two_counts_and_the_lower_remains_as_history(issue, product, today):
    issue(number="1", stars=3)
    issue(number="2", stars=4)

    assert current_stars([product.pk], today)[product.pk].stars == 4
    assert len(history(product.pk)) == 2


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        pytest.param({"stars": 2}, "stars", id="two-stars"),
        pytest.param({"stars": 5}, "level", id="province-gives-five"),
        pytest.param({"issued_on": date(2026, 5, 21)}, "rules_not_in_force", id="before-the-decision"),
        pytest.param({"rules": "148-2023", "issued_on": date(2026, 8, 1)}, "rules_not_in_force", id="after-it"),
        pytest.param(
            {"rules": "148-2023", "issuing_level": "district", "issued_on": date(2025, 7, 1)},
            "no_districts",
            id="district",
        ),
        pytest.param({"rules": "148-2023", "issued_on": date(2024, 1, 1)}, "level", id="province-gives-three-in-2024"),
        pytest.param({"number": "  "}, "number", id="no-number"),
        pytest.param({"issued_on": date(2026, 11, 25)}, "not_yet", id="tomorrow"),
        pytest.param({"expires_on": date(2026, 6, 1)}, "dates", id="ends-at-once"),
    ],
)
def test_what_the_decision_does_not_allow_is_refused(issue, changes, problem):
    with pytest.raises(errors.CertificateRefused) as refusal:
        issue(**changes)

    assert refusal.value.params["problem"] == problem
    assert refusal.value.text
    assert Certificate.objects.count() == 0


def test_districts_gave_three_stars_until_they_were_abolished(issue):
    certificate = issue(
        rules="148-2023", issuing_level="district", issuing_body="UBND huyện Đăk Hà", issued_on=date(2025, 6, 30)
    )

    assert certificate.expires_on == date(2028, 6, 29)


def test_a_combo_has_no_certificate(issue, sets):
    combo = product_create(actor=SYSTEM, title="Hộp quà", kind_of="combo", kind="combo")

    with pytest.raises(errors.CertificateRefused) as refusal:
        issue(product=combo)
    assert refusal.value.params["problem"] == "combo"


def test_a_number_is_used_once(issue):
    issue()

    with pytest.raises(errors.CertificateNumberTaken):
        issue()
    assert Certificate.objects.count() == 1


def test_suspended_stars_are_gone_until_the_suspension_is_lifted(issue, product, today):
    certificate = issue()

    certificate_suspend(actor=SYSTEM, certificate_id=certificate.pk, reason="Chờ kiểm nghiệm")
    assert current_stars([product.pk], today) == {}

    certificate_lift(actor=SYSTEM, certificate_id=certificate.pk, reason="Đã có kết quả")
    assert current_stars([product.pk], today)[product.pk].pk == certificate.pk


def test_an_extension_gives_stars_past_the_date_at_most_180_days(issue, product):
    certificate = issue(rules="148-2023", issuing_level="province", stars=4, issued_on=date(2023, 11, 24))
    assert certificate.expires_on == date(2026, 11, 23)
    assert current_stars([product.pk], date(2026, 11, 24)) == {}

    for until in (date(2026, 11, 23), date(2027, 5, 23)):
        with pytest.raises(errors.ExtensionTooLong):
            certificate_extend(actor=SYSTEM, certificate_id=certificate.pk, until=until, reason="x")
    certificate_extend(actor=SYSTEM, certificate_id=certificate.pk, until=date(2027, 5, 22), reason="Đang đánh giá lại")

    assert current_stars([product.pk], date(2027, 5, 22))[product.pk].state == "extended"
    assert current_stars([product.pk], date(2027, 5, 23)) == {}


def test_revoked_is_the_end(issue, product, today):
    certificate = issue()
    certificate_revoke(actor=SYSTEM, certificate_id=certificate.pk, reason="Hồ sơ sai")

    assert current_stars([product.pk], today) == {}
    for move in (certificate_suspend, certificate_lift, certificate_revoke):
        with pytest.raises(errors.CertificateCantMove):
            move(actor=SYSTEM, certificate_id=certificate.pk, reason="x")
    certificate.refresh_from_db()
    assert (certificate.state, certificate.state_reason) == ("revoked", "Hồ sơ sai")


def test_every_step_needs_a_reason_and_leaves_old_and_new_in_the_trail(issue):
    certificate = issue()

    with pytest.raises(errors.ReasonMissing):
        certificate_suspend(actor=SYSTEM, certificate_id=certificate.pk, reason=" ")
    certificate_suspend(actor=SYSTEM, certificate_id=certificate.pk, reason="Vì sao")

    entry = AuditEntry.objects.get(verb="certification.certificate.suspended")
    assert (entry.old, entry.new) == ({"state": "valid"}, {"state": "suspended", "reason": "Vì sao"})


def test_only_the_office_keeps_the_register(issue, stranger, office):
    certificate = issue(actor=office)

    with pytest.raises(NotPermitted):
        issue(actor=stranger, number="2")
    for move in (certificate_suspend, certificate_lift, certificate_revoke):
        with pytest.raises(NotPermitted):
            move(actor=stranger, certificate_id=certificate.pk, reason="x")
    with pytest.raises(NotPermitted):
        document_add(actor=stranger, certificate_id=certificate.pk, title="x", content=b"%PDF-1.7")
    assert list(Certificate.objects.values_list("state", flat=True)) == ["valid"]


def test_a_certificate_that_is_not_there_is_not_found(issue):
    with pytest.raises(errors.CertificateNotFound):
        certificate_suspend(actor=SYSTEM, certificate_id=999, reason="x")


def test_a_report_is_history_and_never_stars(product, today, sets):
    certificates_report(actor=SYSTEM, reports={product.pk: {"stars": 4, "source_url": "https://example.vn"}})

    assert current_stars([product.pk], today) == {}
    assert [row.state for row in history(product.pk)] == ["reported"]


def test_a_change_is_announced_after_commit_and_raises_the_public_version(
    issue, product, django_capture_on_commit_callbacks
):
    from kernel.models import PublicVersion

    heard = []
    certificate_changed.connect(lambda **told: heard.append(told["product_id"]), weak=False, dispatch_uid="test")
    with django_capture_on_commit_callbacks(execute=True):
        issue()
    certificate_changed.disconnect(dispatch_uid="test")

    assert heard == [product.pk]
    assert PublicVersion.objects.get(pk=1).number > 1


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        pytest.param(date(2027, 5, 24), None, id="181-days"),
        pytest.param(date(2027, 5, 23), (180, 180, True), id="180-days"),
        pytest.param(date(2027, 4, 23), (150, 150, True), id="150-days"),
        pytest.param(date(2027, 3, 24), (120, 120, True), id="120-days"),
        pytest.param(date(2027, 3, 23), (119, 120, False), id="119-days"),
        pytest.param(date(2026, 11, 24), (0, 120, False), id="last-day"),
    ],
)
def test_reminders_fall_due_at_180_150_and_120_days(issue, today, last, expected):
    issue(expires_on=last)

    found = [(one.days_left, one.step, one.can_still_file) for one in reminders(today)]
    assert found == ([expected] if expected else [])


@pytest.mark.parametrize("typed", ["01-2026", "tra sam day", "TRÀ sâm", "01 sam"])
def test_a_certificate_is_found_by_number_or_name(issue, typed):
    issue()

    assert [row.number for row in find(typed)] == ["01-2026"]


@pytest.mark.parametrize("typed", ["", " ", "cà phê", "%"])
def test_other_words_find_nothing(issue, typed):
    issue()

    assert find(typed) == []


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        pytest.param(b"<svg onload=alert(1)>", "kind", id="svg"),
        pytest.param(b"", "kind", id="empty"),
        pytest.param(b"MZ\x90", "kind", id="program"),
        pytest.param(b"%PDF-" + b"x" * (10 * 1024 * 1024), "size", id="too-large"),
    ],
)
def test_only_scans_of_a_sane_size_are_kept(issue, content, problem):
    certificate = issue()

    with pytest.raises(errors.DocumentRefused) as refusal:
        document_add(actor=SYSTEM, certificate_id=certificate.pk, title="x", content=content)
    assert refusal.value.params["problem"] == problem
    assert documents_of(certificate.pk, public_only=False) == []


def test_a_scan_is_private_until_it_is_said_to_be_public(issue, stranger, office):
    certificate = issue()
    private = document_add(actor=office, certificate_id=certificate.pk, title="Giấy", content=b"%PDF-1")
    public = document_add(
        actor=office, certificate_id=certificate.pk, title="Ảnh", content=b"\xff\xd8\xff1", is_public=True
    )

    assert documents_of(certificate.pk) == [public]
    assert document_read(actor=stranger, document_id=public.pk) == (b"\xff\xd8\xff1", "image/jpeg")
    assert document_read(actor=office, document_id=private.pk) == (b"%PDF-1", "application/pdf")
    for hidden in (private.pk, 999):
        with pytest.raises(errors.CertificateNotFound):
            document_read(actor=stranger, document_id=hidden)
