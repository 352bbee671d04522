"""Whose pages the desk's are: each address, each kind of visitor."""

import pytest

from marketplace.desk.models import ProducerMember
from tests.factories.people import browser, officer, person
from tests.marketplace.staff import addresses_of, changed, path_of, rows, stall

pytestmark = pytest.mark.django_db


def _walk(client, values, method):
    return {a.name: getattr(client, method)(path_of(a, values)) for a in addresses_of("desk")}


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_guest_is_sent_to_sign_in_from_every_page(method):
    values = stall().values()
    before = rows()

    answers = _walk(browser(), values, method)

    assert len(answers) > 20
    strange = {n: r.status_code for n, r in answers.items() if not r.get("Location", "").startswith("/dang-nhap/")}
    assert strange == {}
    assert changed(before, rows()) == []


@pytest.mark.parametrize("who", [person, officer])
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_works_for_no_producer_is_refused_everywhere(who, method):
    values, client = stall().values(), browser(who())
    before = rows()

    answers = _walk(client, values, method)

    assert {n: r.status_code for n, r in answers.items() if r.status_code != 403} == {}
    assert changed(before, rows()) == []


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_belongs_to_another_producer_is_not_there(method):
    mine, other = stall(1), stall(2)
    client = browser(mine.owner)
    before = rows()

    answers = {
        a.name: getattr(client, method)(path_of(a, other.values())) for a in addresses_of("desk") if "<" in a.pattern
    }

    assert len(answers) > 12
    assert {n: r.status_code for n, r in answers.items() if r.status_code not in (404, 405)} == {}
    assert sum(r.status_code == 404 for r in answers.values()) >= 7
    assert changed(before, rows()) == []


def test_filled_forms_for_another_producers_goods_change_nothing():
    mine, other = stall(1), stall(2)
    client, pk, number = browser(mine.owner), other.product.pk, other.part.number
    before = rows()

    posts = [
        (f"/ban-hang/mon/{pk}/gia/", {"price": "1.000"}),
        (f"/ban-hang/mon/{pk}/dem/", {"counted": "0"}),
        (f"/ban-hang/mon/{pk}/het/", {}),
        (f"/ban-hang/don/{number}/nhan/", {}),
        (f"/ban-hang/don/{number}/tu-choi/", {"reason": "không"}),
        (f"/ban-hang/don/{number}/goi/", {}),
        (f"/ban-hang/don/{number}/giao/", {"carrier": "x"}),
        (f"/ban-hang/lo/{other.lot.pk}/tam-giu/", {"reason": "không"}),
        (f"/ban-hang/mon/nhap/{other.revision.key}/bo/", {}),
        (f"/ban-hang/mon/nhap/{other.revision.key}/xem-thu/", {}),
    ]

    assert {path: client.post(path, data).status_code for path, data in posts} == {path: 404 for path, _ in posts}
    assert changed(before, rows()) == []


def test_opening_pages_writes_nothing():
    mine = stall()
    client = browser(mine.owner)
    before = rows()

    answers = _walk(client, mine.values(), "get")

    assert {n: r.status_code for n, r in answers.items() if r.status_code not in (200, 405)} == {}
    assert changed(before, rows()) == []


def test_lists_show_nothing_of_another_producer():
    mine, other = stall(1), stall(2)
    client = browser(mine.owner)

    for path in ("/ban-hang/", "/ban-hang/mon/", "/ban-hang/don/", "/ban-hang/lo/", "/ban-hang/don/phieu.html"):
        page = client.get(path).content.decode()
        assert other.part.number not in page
        assert other.product.title not in page


def test_the_desk_closes_when_the_membership_ends():
    mine = stall()
    client = browser(mine.owner)
    assert client.get("/ban-hang/").status_code == 200

    ProducerMember.objects.update(is_active=False)

    assert client.get("/ban-hang/").status_code == 403


def test_a_desk_that_is_not_mine_can_not_be_chosen():
    mine, other = stall(1), stall(2)
    client = browser(mine.owner)

    client.post("/ban-hang/doi/", {"producer": other.producer.pk})

    assert client.get("/ban-hang/").context["desk"].producer == mine.producer


def test_who_works_for_two_producers_sees_one_desk_at_a_time():
    mine, other = stall(1), stall(2)
    ProducerMember.objects.create(user=mine.owner, producer=other.producer, role="staff")
    client = browser(mine.owner)
    assert client.get(f"/ban-hang/don/{other.part.number}/").status_code == 404

    client.post("/ban-hang/doi/", {"producer": other.producer.pk})

    assert client.get(f"/ban-hang/don/{other.part.number}/").status_code == 200
    assert client.get(f"/ban-hang/don/{mine.part.number}/").status_code == 404
