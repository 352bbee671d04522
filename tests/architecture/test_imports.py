"""One app does not reach into another's insides: only the doors named here are used across apps."""

import tomllib
from pathlib import Path

import grimp
from django.conf import settings

ROOTS = ("config", "kernel", "catalog", "traceability", "marketplace", "cms", "search", "themes")
DOORS = {"services", "selectors", "policies", "domain", "errors", "signals", "apps", "templatetags", "urls"}
# Small shared values of an app that are a door of their own; each with its reason.
EXTRA_DOORS = {
    "marketplace.accounts.models": "the user class itself, for isinstance and forms",
    "traceability.passports.providers": "the hook by which the shop lends the passport its words",
}


def app_of(module: str, apps: set[str]) -> str | None:
    parts = module.split(".")
    return next((".".join(parts[:n]) for n in range(len(parts), 0, -1) if ".".join(parts[:n]) in apps), None)


def app_packages() -> set[str]:
    return {
        ".".join(p.parent.relative_to(settings.BASE_DIR).parts)
        for root in ROOTS[2:7]
        for p in Path(settings.BASE_DIR, root).rglob("apps.py")
    }


def test_across_apps_only_doors_are_used():
    graph = grimp.build_graph(*ROOTS, exclude_type_checking_imports=True)
    apps = app_packages()
    bad = []
    for importer in graph.modules:
        if (
            importer.startswith(("config", "tests"))
            or ".migrations" in importer
            or importer.endswith((".urls", "apps"))
        ):
            continue
        for imported in graph.find_modules_directly_imported_by(importer):
            here, there = app_of(importer, apps), app_of(imported, apps)
            if there is None or here == there or imported == there:
                continue
            door = imported[len(there) + 1 :].split(".")[0]
            if door not in DOORS and imported not in EXTRA_DOORS:
                bad.append(f"{importer} -> {imported}")

    assert not bad, "\n".join(sorted(bad))


def test_every_file_stays_small():
    """Past 500 lines a file is a room to split."""
    long = [
        f"{path.relative_to(settings.BASE_DIR)}: {lines}"
        for root in ROOTS
        for path in Path(settings.BASE_DIR, root).rglob("*.py")
        if "migrations" not in path.parts and "art" not in path.parts
        if (lines := len(path.read_text().splitlines())) > 500
    ]

    assert not long, "\n".join(long)


def test_pins_are_exact():
    pins = Path(settings.BASE_DIR, "requirements.txt").read_text().splitlines()

    assert all("==" in line for line in pins if line.strip())
    assert (
        tomllib.loads(Path(settings.BASE_DIR, "pyproject.toml").read_text())["project"]["requires-python"] == ">=3.11"
    )
