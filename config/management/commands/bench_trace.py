"""`manage.py bench_trace`: the trace under load, on a database of its own (DATABASE_URL); writes var/bench/."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.bench import trace
from traceability.lots.models import Lot


class Command(BaseCommand):
    help = "Fill an empty database with 20,000 lots and 100,000 events, measure traces and passport pages."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--lots", type=int, default=20_000)

    def handle(self, *args: Any, **options: Any) -> None:
        if Lot.objects.exclude(producer_code="bench").exists():
            raise CommandError("this database holds lots of a market; name an empty one in DATABASE_URL")
        settings.PAGE_CACHE = False
        settings.ALLOWED_HOSTS = ["*"]
        rows = trace.run(lots=options["lots"], out=self.stdout.write)
        folder = settings.BASE_DIR / "var" / "bench"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"trace-{rows[0]['database']}.json").write_text(json.dumps(rows, indent=1) + "\n")
