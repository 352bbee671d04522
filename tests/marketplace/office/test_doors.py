"""The office's pages are for the office alone, and opening one writes nothing."""

import pytest

from catalog.certification.services import document_add
from kernel.actors import SYSTEM
from marketplace.desk.services import invite
from marketplace.live.services import host_open
from tests.factories.people import browser, officer, person
from tests.kernel.pictures.corpus import photo
from tests.marketplace.staff import addresses_of, certificate_of, changed, path_of, report_on, rows, stall

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine():
    return stall()


@pytest.fixture
def values(mine):
    certificate = certificate_of(mine.product)
    scan = document_add(actor=SYSTEM, certificate_id=certificate.pk, title="Bản chụp", content=photo(size=(64, 64)))
    report = report_on(mine.lot)
    return {
        "bai.pk": mine.revision.pk,
        "giay.pk": certificate.pk,
        "document": scan.pk,
        "product": mine.product.pk,
        "lo.pk": mine.lot.pk,
        "bao.pk": report.pk,
        "moi.pk": invite(actor=SYSTEM, kind="host").pk,
        "nguoi-dan.pk": host_open(actor=SYSTEM, user=person(), name="Y Hạnh").pk,
        "giay.step": "dinh-chi",
        "lo.step": "giu",
    }


def _walk(client, values, method):
    data = {"reason": "vì", "note": "sửa", "until": "2030-01-01", "answer": "đã xem"} if method == "post" else None
    return {a.name: getattr(client, method)(path_of(a, values), data) for a in addresses_of("office")}


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_guest_is_sent_to_sign_in_from_every_page(values, method):
    before = rows()

    answers = _walk(browser(), values, method)

    assert len(answers) >= 20
    strange = {n: r.status_code for n, r in answers.items() if not r.get("Location", "").startswith("/dang-nhap/")}
    assert strange == {}
    assert changed(before, rows()) == []


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["buyer", "producer"])
def test_buyers_and_producers_are_refused_everywhere(mine, values, who, method):
    client = browser(mine.owner if who == "producer" else person())
    before = rows()

    answers = _walk(client, values, method)

    assert {n: r.status_code for n, r in answers.items() if r.status_code != 403} == {}
    assert changed(before, rows()) == []


def test_opening_pages_writes_nothing(values):
    client = browser(officer())
    before = rows()

    answers = _walk(client, values, "get")

    assert {n: r.status_code for n, r in answers.items() if r.status_code not in (200, 405)} == {}
    assert sum(r.status_code == 200 for r in answers.values()) >= 12
    assert changed(before, rows()) == []


def test_what_is_not_there_is_a_404_and_no_crash():
    client = browser(officer())
    none = {
        a.name: client.get(path_of(a, dict.fromkeys(("pk", "product", "document"), 999_999) | {"step": "giu"}))
        for a in addresses_of("office")
        if "<" in a.pattern
    }

    assert {n: r.status_code for n, r in none.items() if r.status_code not in (404, 405)} == {}
    for path in (
        "giay/999999/dinh-chi/", "lo/999999/giu/", "bao/999999/", "moi/999999/huy/", "nguoi-dan/999999/xac-minh/",
        "bai/999999/duyet/", "bai/999999/tra/",
    ):  # fmt: skip
        assert client.post(f"/van-phong/{path}", {"reason": "vì", "note": "sửa"}).status_code in (302, 404)


def test_an_unknown_step_is_a_404(values):
    client = browser(officer())

    assert client.post(f"/van-phong/giay/{values['giay.pk']}/xoa/", {"reason": "vì"}).status_code == 404
    assert client.post(f"/van-phong/lo/{values['lo.pk']}/xoa/", {"reason": "vì"}).status_code == 404


@pytest.mark.parametrize(("percent", "kept"), [("12", 12), ("31", 5), ("", 5)])
def test_a_live_host_is_checked_and_his_share_has_a_limit(values, percent, kept):
    from marketplace.live.models import Host

    answer = browser(officer()).post(
        f"/van-phong/nguoi-dan/{values['nguoi-dan.pk']}/xac-minh/", {"commission": percent}, follow=True
    )

    host = Host.objects.get()
    assert host.commission_percent == kept
    refused = percent == "31"
    assert (host.identity_checked_at is None) == refused
    assert [m.level_tag for m in answer.context["messages"]] == ["error" if refused else "success"]
