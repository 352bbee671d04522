"""What every test may use: Wagtail's roots on a database without migrations, a clean cache, a browser."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or ""
CHROMIUM_FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Browser tests say plainly that they were left out where no Chromium is found."""
    without = pytest.mark.skip(reason="no Chromium on this machine (set CHROMIUM to its path)")
    for item in items:
        if "browser" in item.keywords:
            item.add_marker(pytest.mark.xdist_group("browser"))
            if not CHROMIUM:
                item.add_marker(without)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> None:
    """Wagtail's migrations make a root page, a site and a collection; tests run without migrations."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        from search.services import paused

        with paused():  # what is made here once is no change that a test should find marked
            make_wagtail_roots()


def make_wagtail_roots() -> None:
    """Root page, default site, both locales, root collection: only what is missing."""
    from wagtail.models import Collection, Locale, Page, Site

    vi, _ = Locale.objects.get_or_create(language_code="vi")
    Locale.objects.get_or_create(language_code="en")
    root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root", locale=vi)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": root}
    )
    # Real migrations leave Wagtail's welcome page, which would hold the address of every home page a test makes.
    for welcome in Page.objects.filter(depth=2, slug="home"):
        welcome.delete()
    if not Collection.objects.filter(depth=1).exists():
        Collection.add_root(name="Root")


@pytest.fixture(autouse=True)
def _clean_state() -> Iterator[None]:
    cache.clear()
    yield
    for folder in (settings.MEDIA_ROOT, settings.PRIVATE_ROOT):
        if "test-" in str(folder):
            shutil.rmtree(Path(folder), ignore_errors=True)


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """One headless Chromium for the session."""
    from playwright.sync_api import sync_playwright

    # Playwright's sync API runs an event loop in this thread; Django would refuse the database because of it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS[1:], headless=True)
        yield browser
        browser.close()
