"""`manage.py backup DIR`: database, files and checkpoint with checksums."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config import backup


class Command(BaseCommand):
    help = "Write a backup into a new or empty folder."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            manifest = backup.write(folder)
        except FileExistsError as error:
            raise CommandError(f"{folder} is not empty") from error
        for name, known in manifest["files"].items():
            self.stdout.write(f"{name}: {known['bytes']} bytes, {known['sha256'][:12]}…")
