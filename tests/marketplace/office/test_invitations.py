"""Inviting people: an invitation lets one person in, once, in time."""

from datetime import timedelta

import pytest

from kernel import clock
from kernel.actors import SYSTEM
from marketplace.accounts.models import User
from marketplace.desk import services
from marketplace.desk.models import Invitation, ProducerMember
from tests.factories import market
from tests.factories.people import browser, officer, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    return market.seller()


def _invite(partner, kind="owner", **fields):
    return services.invite(actor=SYSTEM, kind=kind, producer_id=partner.producer.pk, **fields)


def _take(client, invitation):
    return client.post(f"/ban-hang/moi/{invitation.key}/", {"step": "take"})


def test_the_office_invites_and_the_person_comes_in(partner):
    page = browser(officer()).post(
        "/van-phong/moi/", {"kind": "owner", "producer": partner.producer.pk, "name": "A Thiu", "phone": "0905 111 222"}
    )
    made = Invitation.objects.get()
    assert made.key in page.content.decode()
    guest, user = person(phone="+84905111222", full_name=""), None

    answer = _take(browser(guest), made)

    user = User.objects.get(pk=guest.pk)
    assert answer["Location"] == "/ban-hang/"
    assert ProducerMember.objects.get().user == user and user.full_name == "A Thiu"


def test_an_invitation_is_accepted_once(partner):
    made = _invite(partner)
    assert _take(browser(person()), made).status_code == 302

    assert _take(browser(person()), made).status_code == 404
    assert ProducerMember.objects.count() == 1


def test_an_invitation_for_a_number_is_for_that_number(partner):
    made = _invite(partner, phone="+84905111222")

    answer = _take(browser(person()), made)

    assert answer.status_code == 200 and answer.context["refusal"]
    assert not ProducerMember.objects.exists()
    made.refresh_from_db()
    assert made.used_at is None


def test_a_guest_can_not_take_an_invitation(partner):
    assert _take(browser(), _invite(partner)).status_code == 200
    assert not ProducerMember.objects.exists()


def test_the_code_sent_to_the_phone_opens_the_door(partner):
    made = _invite(partner, phone="+84905111222")
    client = browser()

    page = client.post(f"/ban-hang/moi/{made.key}/", {"step": "phone", "phone": "0905111222"})
    key = page.context["code_form"].initial["key"]
    answer = client.post(f"/ban-hang/moi/{made.key}/", {"step": "code", "key": key, "code": page.context["shown_code"]})

    assert answer["Location"] == "/ban-hang/"
    assert client.get("/ban-hang/").status_code == 200
    assert ProducerMember.objects.get().user.phone == "+84905111222"


def test_a_wrong_code_lets_nobody_in(partner):
    made = _invite(partner)
    client = browser()
    page = client.post(f"/ban-hang/moi/{made.key}/", {"step": "phone", "phone": "0905111222"})
    wrong = "000000" if page.context["shown_code"] != "000000" else "111111"

    answer = client.post(
        f"/ban-hang/moi/{made.key}/",
        {"step": "code", "key": page.context["code_form"].initial["key"], "code": wrong},
    )

    assert answer.context["refusal"]
    assert not ProducerMember.objects.exists()


def test_revoked_and_old_invitations_are_gone(partner):
    revoked, old = _invite(partner), _invite(partner)
    browser(officer()).post(f"/van-phong/moi/{revoked.pk}/huy/")
    Invitation.objects.filter(pk=old.pk).update(expires_at=clock.now() - timedelta(minutes=1))

    for made in (revoked, old):
        assert _take(browser(person()), made).status_code == 404
        assert browser().get(f"/ban-hang/moi/{made.key}/").status_code == 404
    assert not ProducerMember.objects.exists()


def test_an_agent_needs_the_households_consent(partner):
    given = {"kind": "agent", "producer": partner.producer.pk}
    office = browser(officer())

    answer = office.post("/van-phong/moi/", given)
    assert answer.status_code == 422 and answer.context["form"].errors["consent_by"]

    office.post("/van-phong/moi/", given | {"consent_by": "Bà Y Vân", "consent_note": "ký giấy"})
    _take(browser(person()), Invitation.objects.get())

    member = ProducerMember.objects.get()
    assert (member.role, member.consent_by, member.consent_note) == ("agent", "Bà Y Vân", "ký giấy")
    assert member.consent_at is not None
