"""The demo market: `seed_demo --seed N --scale S`, the same for the same seed, safe to run again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.demo.seed import PARTS, seed


class Command(BaseCommand):
    help = "Build the demo market from the real register. A second run changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=1, help="of the random choices")
        parser.add_argument("--scale", type=int, default=1, help="1 to look around, 100 for load")
        parser.add_argument("--only", nargs="*", choices=PARTS, help="only these parts")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["scale"] < 1:
            raise CommandError("--scale is 1 or more")
        seed(number=options["seed"], scale=options["scale"], out=self.stdout.write, only=options["only"])
