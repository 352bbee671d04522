from datetime import timedelta

import pytest

from kernel import clock
from kernel.outbox import handlers, services
from kernel.outbox.models import OutboxMessage


@pytest.fixture
def sent():
    got = []
    handlers.register("test")(lambda payload, key: got.append((key, payload)))
    yield got
    handlers._handlers.pop("test")


def test_a_message_is_delivered_once_however_often_it_is_put(db, sent):
    for _ in range(3):
        services.put(topic="test", key="order:1:placed", payload={"n": 1})

    assert services.deliver_due() == 1
    assert services.deliver_due() == 0
    assert sent == [("order:1:placed", {"n": 1})]


def test_a_failing_provider_is_tried_later_and_blocks_nobody(db, sent):
    handlers.register("down")(lambda payload, key: 1 / 0)
    services.put(topic="down", key="a", payload={})
    services.put(topic="test", key="b", payload={})

    assert services.deliver_due() == 1
    failed = OutboxMessage.objects.get(key="a")
    assert (failed.state, failed.attempts) == ("waiting", 1)
    assert failed.available_at > clock.now()
    assert "ZeroDivisionError" in failed.last_error


def test_after_many_tries_a_message_stands_as_failed(db):
    handlers.register("down")(lambda payload, key: 1 / 0)
    services.put(topic="down", key="a", payload={})

    for _ in range(services.MAX_ATTEMPTS):
        OutboxMessage.objects.update(available_at=clock.now() - timedelta(seconds=1))
        services.deliver_due()

    assert OutboxMessage.objects.get(key="a").state == "failed"


def test_a_leased_message_is_not_taken_by_a_second_worker(db, sent):
    services.put(topic="test", key="b", payload={})
    seen_by_both = OutboxMessage.objects.get(key="b")

    assert services._lease(seen_by_both)
    assert not services._lease(seen_by_both)
