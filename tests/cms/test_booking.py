from datetime import date, timedelta

import pytest
from django.core import mail, signing
from django.test import Client

from cms.navigation.models import Operator
from cms.tourism.errors import BookingAnswered
from cms.tourism.forms import SALT
from cms.tourism.models import BookingRequest
from cms.tourism.services import booking_answer, bookings_forget
from kernel import clock
from kernel.actors import SYSTEM
from kernel.outbox.services import deliver_due
from tests.cms.conftest import village

ORIGIN = "http://testserver"


def answers(**changes):
    began = signing.dumps(int(clock.now().timestamp()) - 30, salt=SALT)
    return {"day": (clock.today() + timedelta(days=7)).isoformat(), "people": "4", "phone": "0905 123 456",
            "name": "Hạnh", "email": "hanh@example.com", "note": "", "website": "", "began": began, **changes}  # fmt: skip


def send(path="/du-lich/kon-pring/hen/", origin=ORIGIN, **changes):
    client = Client(enforce_csrf_checks=True)
    return client.post(path, answers(**changes), HTTP_ORIGIN=origin)


@pytest.fixture
def place(site):
    return village(site.tourism, host_email="chunha@example.com")


def test_a_request_reaches_host_and_office(place):
    Operator.objects.create(site=place.get_site(), email="vanphong@example.com")

    answer = send()

    made = BookingRequest.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/du-lich/kon-pring/hen/{made.code}/")
    assert (made.people, made.phone, made.state) == (4, "+84905123456", "waiting")
    assert deliver_due() == 2
    assert sorted(letter.to[0] for letter in mail.outbox) == ["chunha@example.com", "vanphong@example.com"]
    assert "Kon Pring" in mail.outbox[0].subject


def test_the_guest_sees_the_state_and_only_with_the_code(place):
    send()
    made = BookingRequest.objects.get()

    page = Client().get(f"/du-lich/kon-pring/hen/{made.code}/")

    assert "Đã gửi. Chủ nhà sẽ trả lời sớm." in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    assert Client().get("/du-lich/kon-pring/hen/abcdefghjk/").status_code == 404


def test_an_answer_is_told_and_stands(place):
    send()
    made = BookingRequest.objects.get()
    deliver_due()
    mail.outbox.clear()

    booking_answer(actor=SYSTEM, request=made, state="accepted", reply="Bà con đón ở cổng làng.")

    deliver_due()
    assert [letter.to for letter in mail.outbox] == [["hanh@example.com"]]
    assert "Bà con đón ở cổng làng." in mail.outbox[0].body
    with pytest.raises(BookingAnswered):
        booking_answer(actor=SYSTEM, request=made, state="declined")
    made.refresh_from_db()
    assert made.state == "accepted"


def test_the_guest_may_call_it_off(place):
    send()
    made = BookingRequest.objects.get()

    Client(enforce_csrf_checks=True).post(f"/du-lich/kon-pring/hen/{made.code}/", HTTP_ORIGIN=ORIGIN)

    made.refresh_from_db()
    assert made.state == "cancelled"


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"day": "2020-01-01"}, id="past day"),
        pytest.param({"day": "9999-12-31"}, id="far day"),
        pytest.param({"day": "hôm nào cũng được"}, id="no day"),
        pytest.param({"people": "0"}, id="nobody"),
        pytest.param({"people": "100000"}, id="an army"),
        pytest.param({"phone": "12"}, id="no phone"),
        pytest.param({"phone": "<script>alert(1)</script>"}, id="script as phone"),
        pytest.param({"note": "x" * 601}, id="too long"),
        pytest.param({"website": "http://spam.example"}, id="trap"),
        pytest.param({"began": ""}, id="no beginning"),
        pytest.param({"began": "forged:beginning"}, id="forged beginning"),
        pytest.param({"email": "hanh@example.com\nBcc: all@example.com"}, id="header injection"),
    ],
)
def test_bad_input_leaves_nothing_and_keeps_what_was_typed(place, changes):
    answer = send(**changes)

    assert answer.status_code == 422
    assert not BookingRequest.objects.exists()
    page = answer.content.decode()
    assert "<script>alert(1)" not in page
    assert 'value="Hạnh"' in page


def test_quicker_than_a_hand_is_a_machine(place):
    answer = send(began=signing.dumps(int(clock.now().timestamp()), salt=SALT))

    assert (answer.status_code, BookingRequest.objects.count()) == (422, 0)


def test_a_foreign_page_cannot_send(place):
    assert send(origin="https://evil.example").status_code == 403


def test_one_number_cannot_flood(place):
    for _ in range(5):
        last = send()

    assert (last.status_code, BookingRequest.objects.count()) == (422, 3)


def test_one_address_cannot_flood(place, settings):
    settings.RATE_LIMITS = True
    for n in range(14):
        send(phone=f"0905 123 4{n:02d}")

    assert BookingRequest.objects.count() == 12


def test_a_place_that_takes_none_refuses(site):
    village(site.tourism, slug="mang-den", title="Măng Đen", booking="none")

    assert send("/du-lich/mang-den/hen/").status_code == 404


def test_old_requests_are_forgotten(place):
    send()
    BookingRequest.objects.update(created_at=clock.now() - timedelta(days=400))

    assert bookings_forget(before=clock.now() - timedelta(days=365)) == 1


def test_the_office_answers_in_the_editor(place, editor, client):
    send()
    made = BookingRequest.objects.get()
    client.force_login(editor)

    answer = client.post(
        f"/cms/snippets/cms_tourism/bookingrequest/edit/{made.pk}/",
        {"state": "declined", "reply": "Hôm ấy làng có lễ."},
    )

    assert answer.status_code == 302
    made.refresh_from_db()
    assert (made.state, made.reply, made.phone) == ("declined", "Hôm ấy làng có lễ.", "+84905123456")
    assert isinstance(made.day, date)
