"""`manage.py build_locale`: compile the Vietnamese translations."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config import locale


class Command(BaseCommand):
    help = "Merge locale/parts/*.po and compile them."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = locale.build(settings.BASE_DIR / "locale")
        except locale.CatalogError as error:
            raise CommandError(str(error)) from error
        if count:
            self.stdout.write(f"locale: {count} messages")
