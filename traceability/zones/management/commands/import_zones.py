import csv
import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kernel.actors import SYSTEM
from kernel.errors import DomainError
from traceability.zones.services import zone_import


class Command(BaseCommand):
    help = "Register raw-material zones from GeoJSON (WGS84, longitude first); --facts adds a table by zone_id."

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument("--facts", help="CSV with a column zone_id and further facts")

    def handle(self, *args, file, facts=None, **options):
        try:
            collection = json.loads(Path(file).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise CommandError(f"{file}: {error}") from None
        rows = {}
        if facts:
            with open(facts, encoding="utf-8-sig", newline="") as table:
                rows = {row["zone_id"]: row for row in csv.DictReader(table)}
        try:
            counts = zone_import(actor=SYSTEM, collection=collection, facts=rows, source=Path(file).name)
        except DomainError as error:
            raise CommandError(f"{error.code}: {error}") from None
        self.stdout.write(f"{counts['zones']} zones, {counts['new']} new, {counts['revisions']} new outlines")
