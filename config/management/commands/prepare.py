"""`manage.py prepare`: translations, assets and migrations, as far as they are not up to date."""

from typing import Any

from django.core.management.base import BaseCommand

from config.prepare import prepare


class Command(BaseCommand):
    help = "Bring translations, assets and tables up to date."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        prepare(self.stdout.write)
