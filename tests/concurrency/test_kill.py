"""kill -9 at any moment: after `reconcile` money and orders agree, the ledger adds up, no hold is left over."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from kernel.outbox.models import OutboxMessage
from marketplace.inventory import selectors as inventory
from marketplace.inventory.models import Hold, Stock
from marketplace.orders.models import Order
from marketplace.payments.models import Payment
from tests.factories import market

pytestmark = [
    pytest.mark.concurrency,
    pytest.mark.slow,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the process opens the test's own file"),
]
ROUNDS, STOCK = 3, 5000


@pytest.mark.django_db(transaction=True)
def test_after_a_kill_everything_agrees():
    item = market.product(stock=STOCK)
    script = Path(__file__).with_name("buyer_process.py")
    luck = random.Random(1)

    for round_number in range(ROUNDS):
        process = subprocess.Popen(
            [sys.executable, str(script), str(connection.settings_dict["NAME"]), str(item.pk), str(round_number * 10_000)],
            stdout=subprocess.PIPE, cwd=settings.BASE_DIR, env=_env(),
        )  # fmt: skip
        assert process.stdout.readline() == b"ready\n"
        time.sleep(luck.uniform(0.3, 1.5))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()

        out = StringIO()
        call_command("reconcile", "--json", "--no-send", stdout=out)
        assert json.loads(out.getvalue())["ok"]
        placed = Order.objects.filter(status="placed").count()
        waiting = Order.objects.filter(status="awaiting_payment")
        assert Payment.objects.count() == Order.objects.count() > 0
        assert not Payment.objects.filter(reference__in=waiting.values("number"), received__gt=0).exists()
        assert Stock.objects.get().on_hand == STOCK - placed
        assert Hold.objects.filter(state="active").count() == waiting.count()
        assert OutboxMessage.objects.filter(topic="messages.sms").count() >= Order.objects.count()
        assert inventory.ledger_errors() == []


def _env():

    return {**os.environ, "PYTHONPATH": str(settings.BASE_DIR), "DJANGO_SETTINGS_MODULE": "config.settings.test"}
