"""The one place that reads the environment. Missing values are collected and reported together."""

import os
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(os.environ.get("VAR_DIR") or BASE_DIR / "var")
env = environ.Env()
_missing: list[str] = []

if (BASE_DIR / ".env").exists():
    environ.Env.read_env(str(BASE_DIR / ".env"))


def required(name: str) -> str:
    """The value of NAME; a missing one is noted and reported by `report_missing`."""
    value = str(env(name, default=""))
    if not value:
        _missing.append(name)
    return value


def report_missing() -> None:
    """Raises ImproperlyConfigured naming every required setting that is absent."""
    if _missing:
        raise ImproperlyConfigured("Missing settings: " + ", ".join(sorted(set(_missing))))
