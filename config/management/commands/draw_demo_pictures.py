"""`manage.py draw_demo_pictures [--first-page]`: the pictures of the demo market, drawn by the illustration kit."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from config.demo import pictures
from kernel.pictures.services import drawings_waiting, picture_render


class Command(BaseCommand):
    help = "Draw pictures for products and gift sets that have none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--first-page", action="store_true", help="make only what cards need; the worker does the rest"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        drawn, fronts = pictures.draw_all()
        ready = pictures.make_first(fronts)
        waiting = drawings_waiting()
        if options["first_page"]:
            pictures.queue_rest(waiting)
            self.stdout.write(f"{drawn} drawn, {ready} ready, {len(waiting)} left to the worker")
            return
        for picture_id in waiting:
            picture_render(picture_id=picture_id)
        self.stdout.write(f"{drawn} drawn, all sizes made")
