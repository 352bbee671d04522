"""The office reads listings: approves, or sends back with a reason for each field."""

import pytest

from kernel.audit.models import AuditEntry
from marketplace.desk.models import ListingRevision
from tests.factories import market
from tests.factories.people import browser, officer, owner_of
from tests.marketplace.staff import change_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return browser(officer())


@pytest.fixture
def revision():
    partner = market.seller()
    return change_of(partner, market.product(partner, title="Tên cũ"), title="Tên mới")


def test_the_page_sets_old_beside_new(office, revision):
    page = office.get(f"/van-phong/bai/{revision.pk}/")

    assert [(r["name"], r["old"], r["new"]) for r in page.context["rows"]] == [("title", "Tên cũ", "Tên mới")]
    assert revision in office.get("/van-phong/bai/").context["rows"]


def test_approval_makes_it_live_and_leaves_a_trace(office, revision):
    office.post(f"/van-phong/bai/{revision.pk}/duyet/")

    revision.refresh_from_db()
    assert (revision.state, revision.product.title) == ("approved", "Tên mới")
    assert revision.decided_by is not None
    entry = AuditEntry.objects.get(verb="desk.listing.approved")
    assert (entry.user, entry.old["title"], entry.new["title"]) == (revision.decided_by, "Tên cũ", "Tên mới")


def test_it_goes_back_with_a_reason_for_each_field(office, revision):
    office.post(
        f"/van-phong/bai/{revision.pk}/tra/",
        {"ly-do-title": ["Ghi đúng như nhãn."], "them-title": "Thiếu chữ “rang”.", "them-pictures": "Ảnh tối."},
    )

    revision.refresh_from_db()
    assert revision.state == "returned"
    assert revision.answers == {"title": "Ghi đúng như nhãn. Thiếu chữ “rang”.", "pictures": "Ảnh tối."}
    assert revision.product.title == "Tên cũ"
    page = browser(owner_of(revision.producer.partner)).get(f"/ban-hang/mon/nhap/{revision.key}/").content.decode()
    assert "Ghi đúng như nhãn." in page and "Ảnh tối." in page


def test_sending_back_needs_a_word(office, revision):
    answer = office.post(f"/van-phong/bai/{revision.pk}/tra/", {"note": "  "})

    assert answer["Location"] == f"/van-phong/bai/{revision.pk}/"
    revision.refresh_from_db()
    assert revision.state == "submitted"


@pytest.mark.parametrize(("first", "second"), [("duyet", "tra"), ("tra", "duyet")])
def test_two_people_of_the_office_never_decide_twice(office, revision, first, second):
    office.post(f"/van-phong/bai/{revision.pk}/{first}/", {"note": "sửa"})
    state = ListingRevision.objects.get().state

    answer = office.post(f"/van-phong/bai/{revision.pk}/{second}/", {"note": "sửa"}, follow=True)

    assert ListingRevision.objects.get().state == state
    assert [m.level_tag for m in answer.context["messages"]][-1] == "error"


def test_a_name_with_markup_is_shown_as_text(office):
    partner = market.seller()
    bad = change_of(partner, market.product(partner), title="<script>alert(1)</script>")

    page = office.get(f"/van-phong/bai/{bad.pk}/").content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
