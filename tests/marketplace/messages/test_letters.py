import json
from pathlib import Path

import pytest
from django.conf import settings as conf
from django.core import mail

from kernel.outbox.models import OutboxMessage
from kernel.outbox.services import deliver_due
from marketplace.messages.delivery import deliver_mail
from marketplace.messages.models import Letter
from tests.factories import market, shopping

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_file(settings, tmp_path):
    settings.SMS_FILE = str(tmp_path / "sms.log")


def _texts():
    path = Path(conf.SMS_FILE)
    return [json.loads(line.split(maxsplit=1)[1]) for line in path.read_text().splitlines()] if path.exists() else []


def test_an_order_is_confirmed_by_mail_and_by_text_message():
    order = shopping.order((market.product(title="Cà phê Đăk Hà"), 2))

    deliver_due()

    letter = mail.outbox[0]
    assert order.shown_number in letter.subject
    assert "Cà phê Đăk Hà" in letter.body
    assert order.access_key in letter.body
    html, kind = letter.alternatives[0]
    assert kind == "text/html"
    assert order.access_key in html
    assert [(row["to"], order.shown_number in row["text"]) for row in _texts()] == [("+84905123456", True)]


def test_a_letter_follows_the_buyers_language():
    shopping.order((market.product(), 1), language="en")

    deliver_due()

    assert mail.outbox[0].subject.startswith("Order KT-")
    assert "Delivery" in mail.outbox[0].body


def test_delivering_again_sends_nothing_again():
    shopping.order((market.product(), 1))
    deliver_due()
    OutboxMessage.objects.update(state="waiting")

    deliver_due()

    assert len(mail.outbox) == 1
    assert len(_texts()) == 1
    assert Letter.objects.filter(state="sent").count() == 2


def test_a_mail_server_that_is_down_costs_nothing_but_time(monkeypatch):
    shopping.order((market.product(), 1))

    def refuse(*args, **kwargs):
        raise OSError("connection refused")

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
        deliver_due()
    assert Letter.objects.get(kind="mail").state == "sending"
    OutboxMessage.objects.update(available_at="2000-01-01T00:00:00Z")
    deliver_due()

    assert len(mail.outbox) == 1
    assert Letter.objects.get(kind="mail").tries == 2


def test_a_second_copy_after_a_crash_carries_the_same_id():
    shopping.order((market.product(), 1))
    message = OutboxMessage.objects.get(topic="messages.mail")

    deliver_mail(message.payload, message.key)
    Letter.objects.update(state="sending")
    deliver_mail(message.payload, message.key)

    ids = {letter.extra_headers["Message-ID"] for letter in mail.outbox}
    assert (len(mail.outbox), len(ids)) == (2, 1)
