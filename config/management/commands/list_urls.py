"""`manage.py list_urls --json`: every URL pattern with its name, methods and the rule that guards it."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.urls import URLPattern, URLResolver, get_resolver

METHODS = ("get", "post", "put", "patch", "delete")
# Whole packages whose views guard themselves, by the module of the view.
RULES_BY_MODULE = (
    ("themes.views", "public"),
    ("config.health", "public"),
    ("django.views.static", "public"),
    ("wagtail.documents", "public (Wagtail checks the collection)"),
    ("wagtail.views", "public"),
    ("django.contrib.auth.views", "public"),
    ("wagtail", "cms access (Wagtail permissions)"),
    ("oscar.apps.dashboard", "administrators (Oscar dashboard)"),
    ("marketplace.dashboard", "administrators (Oscar dashboard)"),
    ("django.contrib.admin", "administrators (Django admin)"),
    ("modelcluster", "cms access (Wagtail permissions)"),
    ("allauth", "signed in (allauth)"),
)


@dataclass(frozen=True)
class Address:
    name: str
    pattern: str
    methods: tuple[str, ...]
    rule: str
    view: str


def addresses(resolver: URLResolver | None = None, prefix: str = "", names: tuple[str, ...] = ()) -> Iterator[Address]:
    """All addresses below `resolver` (the whole site by default)."""
    for entry in (resolver or get_resolver()).url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            below = (*names, entry.namespace) if entry.namespace else names
            yield from addresses(entry, pattern, below)
        elif isinstance(entry, URLPattern):
            yield _address(entry, pattern, names)


def _address(entry: URLPattern, pattern: str, names: tuple[str, ...]) -> Address:
    view = entry.callback
    target = getattr(view, "view_class", None) or view
    module = getattr(target, "__module__", "")
    methods = _methods(view)
    rule = getattr(view, "access_rule", None) or getattr(target, "access_rule", None) or _rule_of(module, pattern)
    name = ":".join([*names, entry.name or ""])
    return Address(name, "/" + pattern, methods, rule, f"{module}.{getattr(target, '__qualname__', '')}")


def _methods(view: Any) -> tuple[str, ...]:
    cls = getattr(view, "view_class", None)
    if cls is not None:
        return tuple(m.upper() for m in METHODS if hasattr(cls, m))
    return tuple(getattr(view, "allowed_methods", ("GET", "POST")))


def _rule_of(module: str, pattern: str) -> str:
    if pattern.startswith(("cms/", "/cms/")):
        return "cms access (Wagtail permissions)"
    if pattern.startswith("he-thong/"):
        return "administrators"
    return next((rule for start, rule in RULES_BY_MODULE if module.startswith(start)), "")


class Command(BaseCommand):
    help = "List every URL pattern and the rule that guards it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = list(addresses())
        if options["json"]:
            self.stdout.write(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1))
            return
        for row in rows:
            self.stdout.write(f"{row.pattern:<60} {','.join(row.methods):<12} {row.rule:<32} {row.name}")
