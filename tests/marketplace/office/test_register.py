"""The certificate register as the office keeps it: what it does shows in the stars the same moment."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from catalog.certification.models import Certificate, CertificateDocument, RuleSet
from catalog.certification.selectors import current_stars
from catalog.certification.services import rule_sets_load
from kernel import clock
from kernel.audit.models import AuditEntry
from tests.factories import market
from tests.factories.people import browser, officer
from tests.kernel.pictures.corpus import photo
from tests.marketplace.staff import certificate_of

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def product():
    return market.product()


@pytest.fixture
def office():
    return browser(officer())


def _stars(product):
    return {pk: row.stars for pk, row in current_stars([product.pk], clock.today()).items()}


def _given(**changes):
    rule_sets_load()
    return {
        "number": "07/GCN", "stars": "4", "decision_number": "12/QĐ", "decision_on": clock.today().isoformat(),
        "issuing_level": "province", "issuing_body": "UBND tỉnh", "issued_on": clock.today().isoformat(),
        "rule_set": str(RuleSet.objects.get(code="26-2026").pk),
    } | changes  # fmt: skip


def test_a_certificate_entered_gives_its_stars_at_once(office, product):
    answer = office.post(f"/van-phong/giay/cap/{product.pk}/", _given())

    made = Certificate.objects.get()
    assert answer["Location"] == f"/van-phong/giay/{made.pk}/"
    assert _stars(product) == {product.pk: 4}
    entry = AuditEntry.objects.get(verb="certification.certificate.issued")
    assert entry.user is not None and entry.new["number"] == "07/GCN"


def test_suspending_lifting_and_revoking_show_in_the_stars_the_same_moment(office, product):
    row = certificate_of(product, stars=4)
    seen = []
    for step in ("dinh-chi", "mo-lai", "thu-hoi"):
        office.post(f"/van-phong/giay/{row.pk}/{step}/", {"reason": f"vì {step}"})
        seen.append(_stars(product))

    assert seen == [{}, {product.pk: 4}, {}]
    trail = AuditEntry.objects.filter(object_type="catalog_certification.certificate", object_id=str(row.pk))
    told = {e.verb.rpartition(".")[2]: (e.new or {}).get("reason") for e in trail if e.user_id}
    assert told == {"suspended": "vì dinh-chi", "lifted": "vì mo-lai", "revoked": "vì thu-hoi"}


def test_an_extension_has_a_limit(office, product):
    row = certificate_of(product)
    at = f"/van-phong/giay/{row.pk}/gia-han/"

    office.post(at, {"until": (row.expires_on + timedelta(days=4000)).isoformat(), "reason": "chờ"})
    row.refresh_from_db()
    assert row.extended_until is None

    office.post(at, {"until": (row.expires_on + timedelta(days=30)).isoformat(), "reason": "chờ"})
    row.refresh_from_db()
    assert row.extended_until == row.expires_on + timedelta(days=30)


@pytest.mark.parametrize("step", ["dinh-chi", "thu-hoi", "gia-han"])
def test_without_a_reason_nothing_moves(office, product, step):
    row = certificate_of(product)

    answer = office.post(f"/van-phong/giay/{row.pk}/{step}/", {"reason": " "}, follow=True)

    row.refresh_from_db()
    assert row.state == "valid"
    assert [m.level_tag for m in answer.context["messages"]] == ["error"]


@pytest.mark.parametrize(
    "changes", [{"stars": "2"}, {"issuing_level": "district"}, {"number": ""}, {"issued_on": "2099-01-01"}]
)
def test_a_certificate_that_can_not_be_is_refused_in_the_form(office, product, changes):
    answer = office.post(f"/van-phong/giay/cap/{product.pk}/", _given(**changes))

    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert _stars(product) == {}


def test_a_number_is_given_once(office, product):
    certificate_of(market.product(), number="07/GCN")

    answer = office.post(f"/van-phong/giay/cap/{product.pk}/", _given())

    assert answer.status_code == 422
    assert "07/GCN" in str(answer.context["form"].non_field_errors())
    assert Certificate.objects.count() == 1


@pytest.mark.parametrize(("name", "content"), [("a.pdf", PDF), ("a.jpg", photo(size=(64, 64)))])
def test_a_scan_is_kept_and_only_the_office_opens_it(office, product, name, content):
    row = certificate_of(product)

    office.post(f"/van-phong/giay/{row.pk}/giay-to/", {"title": "Bản chụp", "file": SimpleUploadedFile(name, content)})

    scan = CertificateDocument.objects.get()
    answer = office.get(f"/van-phong/giay/{row.pk}/giay-to/{scan.pk}")
    assert b"".join(answer.streaming_content) == content
    assert answer["Content-Disposition"].startswith("attachment")
    assert browser().get(f"/van-phong/giay/{row.pk}/giay-to/{scan.pk}").status_code == 302


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"MZ\x90 a program", "PDF"),
        (b"<html><script>alert(1)</script></html>", "PDF"),
        (PDF + b"0" * (10 * 1024 * 1024), "10 MB"),
    ],
    ids=["program", "page", "too large"],
)
def test_what_is_no_scan_is_refused_with_clear_words(office, product, content, words):
    row = certificate_of(product)

    answer = office.post(
        f"/van-phong/giay/{row.pk}/giay-to/",
        {"title": "Bản chụp", "file": SimpleUploadedFile("scan.pdf", content)},
        follow=True,
    )

    [message] = answer.context["messages"]
    assert message.level_tag == "error" and words in message.message
    assert not CertificateDocument.objects.exists()


def test_a_scan_of_another_certificate_is_not_there(office, product):
    one, two = certificate_of(product, number="1"), certificate_of(product, number="2")
    office.post(f"/van-phong/giay/{one.pk}/giay-to/", {"title": "A", "file": SimpleUploadedFile("a.pdf", PDF)})

    assert office.get(f"/van-phong/giay/{two.pk}/giay-to/{CertificateDocument.objects.get().pk}").status_code == 404
