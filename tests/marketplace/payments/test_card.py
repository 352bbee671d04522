import itertools

import pytest
from django.db import connection

from kernel.outbox.models import OutboxMessage
from kernel.outbox.services import deliver_due
from marketplace.orders import services as order_services
from marketplace.orders.models import Order
from marketplace.payments import services
from marketplace.payments.errors import PaymentNotFound, ProviderDown
from marketplace.payments.models import Dispute, Payment, Receipt, Refund, StripeEvent
from tests.factories import market, shopping
from tests.standins.stripe import StripeStandIn, event, signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def stripe(settings, tmp_path):
    standin = StripeStandIn()
    settings.STRIPE_API_BASE = standin.url
    settings.SMS_FILE = str(tmp_path / "sms.log")
    yield standin
    standin.close()


@pytest.fixture
def order(stripe):
    return shopping.order((market.product(stock=5, price=125_000), 1), method="card")


def _open(order):
    return services.session_open(
        reference=order.number, title="Đơn", success_url="http://x/a", cancel_url="http://x/b", language="vi"
    )


def _send(client, body, **fields):
    signature = fields.pop("signature", None) or signed(body, **fields)
    return client.post(
        "/webhooks/stripe/", body, content_type="application/json", headers={"stripe-signature": signature}
    )


def _paid(stripe, order, event_id="evt_1"):
    session = stripe.pay(Payment.objects.get(reference=order.number).session_ref)
    return event("checkout.session.completed", session, event_id)


def test_the_amount_is_the_dong_itself(stripe, order):
    url = _open(order)

    path, fields = stripe.requests[0]
    assert path == "/v1/checkout/sessions"
    assert fields["line_items[0][price_data][unit_amount]"] == str(order.grand_total)
    assert fields["line_items[0][price_data][currency]"] == "vnd"
    assert url.startswith(stripe.url)


def test_a_request_that_timed_out_after_its_work_is_sent_again_with_the_same_key(stripe, order):
    stripe.break_next = 1

    url = _open(order)

    assert len(stripe.requests) == 2
    assert len(stripe.objects) == 1
    assert url.endswith(Payment.objects.get().session_ref)


def test_a_service_that_is_down_keeps_the_order(stripe, order):
    stripe.down = True

    with pytest.raises(ProviderDown):
        _open(order)

    assert Order.objects.get().status == "awaiting_payment"


def test_only_the_signed_event_confirms(client, stripe, order):
    _open(order)
    client.get(f"/thanh-toan/cam-on/{order.number}/?k={order.access_key}")
    assert Order.objects.get().status == "awaiting_payment"

    assert _send(client, _paid(stripe, order)).json() == {"outcome": "booked"}

    assert Order.objects.get().status == "placed"
    assert Payment.objects.get().received == order.grand_total
    with pytest.raises(PaymentNotFound):
        _open(order)


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"secret": "whsec_other"}, id="forged"),
        pytest.param({"at": 1_000_000}, id="stale"),
        pytest.param({"signature": "t=1,v1=00"}, id="broken"),
        pytest.param({"signature": "x"}, id="none"),
    ],
)
def test_an_unsigned_event_changes_nothing(client, stripe, order, wrong):
    _open(order)

    answer = _send(client, _paid(stripe, order), **wrong)

    assert answer.status_code == 400
    assert not StripeEvent.objects.exists()
    assert Order.objects.get().status == "awaiting_payment"


def test_an_altered_body_is_refused(client, stripe, order):
    _open(order)
    body = _paid(stripe, order)
    signature = signed(body)

    assert _send(client, body.replace(b'"vnd"', b'"usd"'), signature=signature).status_code == 400


@pytest.mark.parametrize(
    ("field", "value", "outcome"),
    [
        ("currency", "usd", "wrong_currency"),
        ("amount_total", 1000, "wrong_amount"),
        ("amount_total", 1.5, "wrong_amount"),
    ],
)
def test_a_wrong_amount_or_currency_never_marks_paid(client, stripe, order, field, value, outcome):
    _open(order)
    session = {**stripe.pay(Payment.objects.get().session_ref), field: value}

    assert _send(client, event("checkout.session.completed", session, "e1")).json() == {"outcome": outcome}

    assert Order.objects.get().status == "awaiting_payment"
    assert not Receipt.objects.exists()


def test_fifty_copies_count_once(client, stripe, order):
    _open(order)
    body = _paid(stripe, order)

    outcomes = [_send(client, body).json()["outcome"] for _ in range(50)]

    assert outcomes == ["booked"] + ["known"] * 49
    assert Payment.objects.get().received == order.grand_total


def test_unknown_events_are_parked_with_200(client, stripe, order):
    answer = _send(client, event("invoice.created", {"id": "in_1"}, "e1"))

    assert (answer.status_code, answer.json()) == (200, {"outcome": "parked"})


def test_a_cancelled_order_is_paid_back_through_the_service(client, stripe, order):
    _open(order)
    _send(client, _paid(stripe, order))
    order_services.cancel(order=Order.objects.get(), actor=shopping.GUEST)
    stripe.break_next = 1

    deliver_due()

    refund = Refund.objects.get()
    assert (refund.state, refund.amount) == ("done", order.grand_total)
    assert sum(1 for name in stripe.objects if name.startswith("re_")) == 1
    assert OutboxMessage.objects.filter(key=f"mail:order_refund:{refund.pk}").exists()


def test_a_lost_event_is_made_up_for_by_asking(stripe, order):
    _open(order)
    stripe.pay(Payment.objects.get().session_ref)

    assert services.sessions_check() == 1
    assert services.sessions_check() == 0

    assert Order.objects.get().status == "placed"


def _life(stripe, order):
    """Paid, refunded in part at the service, disputed: the events of one payment."""
    session = stripe.pay(Payment.objects.get(reference=order.number).session_ref)
    intent = session["payment_intent"]
    refund = {"id": "re_9", "amount": 1000, "currency": "vnd", "payment_intent": intent, "status": "succeeded"}
    dispute = {"id": "dp_1", "amount": 5000, "payment_intent": intent, "status": "needs_response"}
    closed = {**dispute, "status": "lost"}
    return [
        event("checkout.session.completed", session, "e1"),
        event("refund.created", refund, "e2"),
        event("refund.updated", refund, "e3"),
        event("charge.dispute.created", dispute, "e4"),
        event("charge.dispute.closed", closed, "e5"),
    ]


@pytest.mark.parametrize("turn", list(itertools.permutations(range(5)))[::5])
def test_every_order_of_events_ends_the_same(client, stripe, order, turn):
    _open(order)
    events = _life(stripe, order)

    for index in turn:
        assert _send(client, events[index]).status_code == 200

    payment = Payment.objects.get()
    assert (payment.received, payment.refunded) == (order.grand_total, 1000)
    assert Refund.objects.get().state == "done"
    assert Dispute.objects.get().state == "lost"
    assert Order.objects.get().status == "placed"


def test_no_transaction_is_open_while_the_network_is_asked(stripe, order, monkeypatch):
    seen = []
    make = stripe.make

    def watch(path, fields):
        seen.append(connection.savepoint_ids)
        return make(path, fields)

    monkeypatch.setattr(stripe, "make", watch)
    depth = list(connection.savepoint_ids)
    _open(order)

    assert seen == [depth]
