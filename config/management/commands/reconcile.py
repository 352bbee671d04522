"""`manage.py reconcile --json`: heal what a crash can leave. Safe at any time, any number of times."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from kernel.outbox import services as outbox
from marketplace.orders import services as orders
from marketplace.payments import services as payments
from marketplace.settlement.selectors import ledger_errors

ROUNDS = 200


class Command(BaseCommand):
    help = "Finish payments, end overdue holds and orders, send what waits; say what only a person can decide."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--no-send", action="store_true", help="leave the outbox to the worker")

    def handle(self, *args: Any, **options: Any) -> None:
        healed = {"cards_found_paid": payments.sessions_check() if settings.STRIPE_API_BASE or _live() else 0}
        healed |= orders.orders_heal()
        healed["card_refunds_queued"] = payments.refunds_send_again()
        healed["outbox_revived"] = outbox.revive_failed()
        healed["outbox_sent"] = 0 if options["no_send"] else _deliver()
        problems = orders.orders_problems() + [f"ledger: {error}" for error in ledger_errors()]
        report = {"ok": not problems, "healed": healed, "problems": problems}
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=1))
        else:
            for name, count in healed.items():
                self.stdout.write(f"{name}: {count}")
            for problem in problems:
                self.stdout.write(f"PROBLEM {problem}")
        if problems:
            raise SystemExit(1)


def _live() -> bool:
    """A real key of the card service, not the one of the tests."""
    return settings.STRIPE_SECRET_KEY.startswith(("sk_live_", "rk_live_"))


def _deliver() -> int:
    total = 0
    for _ in range(ROUNDS):
        sent = outbox.deliver_due()
        total += sent
        if not sent:
            break
    return total
