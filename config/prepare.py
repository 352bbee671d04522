"""Bringing a fresh checkout up to date: translations, assets, tables, demo market, index. Quick when nothing is new."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command, get_commands

SKIP = {"var", ".venv", "venv", "node_modules", ".git"}


def prepare(say: Callable[[str], object]) -> None:
    """Translations, assets and migrations. A stamp of all migration files lets the second start skip them."""
    call_command("build_locale")
    if "build_assets" in get_commands():
        call_command("build_assets", verbosity=0)
    stamp = settings.VAR_DIR / "migrated"
    state = _migrations_state()
    if not stamp.exists() or stamp.read_text() != state:
        say("Setting up the database (the first time takes a minute) …")
        call_command("migrate", verbosity=0, interactive=False)
        stamp.write_text(state)


def fill(say: Callable[[str], object]) -> None:
    """The demo market and its index, once."""
    stamp = settings.VAR_DIR / "seeded"
    key = str(settings.DATABASES["default"]["NAME"])
    if settings.DEMO and (not stamp.exists() or stamp.read_text() != key):
        say("Building the demo market …")
        call_command("seed_demo")
        stamp.write_text(key)


def _migrations_state() -> str:
    digest = hashlib.sha256(str(sorted(settings.DATABASES["default"].items(), key=lambda i: i[0])).encode())
    base: Path = settings.BASE_DIR
    for path in sorted(base.glob("*/**/migrations/*.py")):
        if path.relative_to(base).parts[0] not in SKIP:
            digest.update(str(path.relative_to(base)).encode() + str(path.stat().st_size).encode())
    return digest.hexdigest()
