import json
from pathlib import Path

from django.core.management.base import BaseCommand

from traceability.ledger.services import checkpoint_export


class Command(BaseCommand):
    help = "Write the signed head of the trace log, to be kept off the machine."

    def add_arguments(self, parser):
        parser.add_argument("--output", help="a file; standard output if left out")

    def handle(self, *args, output=None, **options):
        text = json.dumps(checkpoint_export(), indent=1)
        if output:
            Path(output).write_text(text + "\n", encoding="utf-8")
        else:
            self.stdout.write(text)
