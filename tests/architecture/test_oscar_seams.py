"""Oscar finds a fork by its label and falls back to its own class without a word; these tests keep that honest."""

import ast
import importlib
from pathlib import Path

import oscar
import pytest
from django.apps import apps
from django.conf import settings
from oscar.core.loading import get_class

OSCAR = Path(oscar.__file__).parent / "apps"
ROOTS = ("catalog", "marketplace", "search")
# Sub-modules of a fork whose classes Oscar loads by name.
LOADED = ("forms", "utils", "strategy", "creator", "applicator", "repository", "methods", "benefits", "abstract_models")


def forks() -> list[tuple[str, str, str]]:
    """(label, our package, Oscar's package) of every fork."""
    found = []
    for config in apps.get_app_configs():
        if config.name.split(".")[0] not in ROOTS:
            continue
        base = type(config).__mro__[1].__module__
        if base.startswith("oscar.apps."):
            found.append((config.label, config.name, base.removesuffix(".apps")))
    return found


def overrides() -> list[tuple[str, str, type]]:
    """Every class in a fork that has a namesake in Oscar's module of the same path."""
    found = []
    for label, ours, theirs in forks():
        folder = Path(settings.BASE_DIR, *ours.split("."))
        for path in folder.rglob("*.py"):
            tail = ".".join(path.relative_to(folder).with_suffix("").parts)
            if tail.startswith(("migrations", "apps", "admin", "models", "reviews.", "orders.")) or "__init__" in tail:
                continue
            twin = OSCAR.parent.parent / Path(*theirs.split("."), *tail.split(".")).with_suffix(".py")
            if not twin.exists():
                continue
            names = {n.name for n in ast.parse(twin.read_text()).body if isinstance(n, ast.ClassDef)}
            module = importlib.import_module(f"{ours}.{tail}")
            for name in sorted(names):
                cls = getattr(module, name, None)
                if isinstance(cls, type) and cls.__module__ == module.__name__:
                    found.append((f"{label}.{tail}", name, cls))
    return found


def test_all_forks_are_seen():
    labels = {label for label, _, _ in forks()}

    assert {"catalogue", "partner", "basket", "order", "payment", "offer", "voucher", "search", "dashboard"} <= labels
    assert len(labels) == 16


@pytest.mark.parametrize(("label", "name", "cls"), overrides())
def test_override_is_what_oscar_loads(label, name, cls):
    assert get_class(label, name) is cls


@pytest.mark.parametrize("fork", forks(), ids=lambda f: f[0])
def test_upstream_migrations_stay_verbatim(fork):
    _, ours, theirs = fork
    upstream = OSCAR.parent.parent / Path(*theirs.split("."), "migrations")
    copies = Path(settings.BASE_DIR, *ours.split("."), "migrations")

    for path in sorted(upstream.glob("0*.py")) if upstream.exists() else []:
        assert (copies / path.name).read_text() == path.read_text(), path.name
