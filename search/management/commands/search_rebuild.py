"""manage.py search_rebuild: a full index build without downtime."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import services
from search.engines import engine
from search.errors import EngineBusy, EngineDown


class Command(BaseCommand):
    help = "Build all cards and the whole search index anew; the old index answers until the new one is whole."

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        try:
            number = services.rebuild()
        except (EngineBusy, EngineDown) as error:
            raise CommandError(f"The index was not built: {error}") from error
        taken = time.monotonic() - began
        self.stdout.write(f"{number} documents in the {engine().name} index after {taken:.1f} s")
