"""What every market needs before its first product: places, product sets, the decisions on certificates."""

from typing import Any

from django.core.management.base import BaseCommand

from catalog.certification.services import rule_sets_load
from catalog.places.services import units_load
from catalog.products.services import categories_load


class Command(BaseCommand):
    help = "Administrative units, the 26 product sets and the decisions on certificates. A second run changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{units_load()} administrative units")
        self.stdout.write(f"{categories_load()} groups and sets")
        self.stdout.write(f"{rule_sets_load()} decisions")
