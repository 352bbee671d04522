"""`manage.py screenshots`: every page at three widths, in both schemes and languages, into screenshots/."""

import os
import shutil
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.bench.shop import HOST, Shop
from config.tour import STAFF_STOPS, WIDTHS, Stop, public_stops

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]


class Command(BaseCommand):
    help = "Take a picture of every page; --base names a running shop, else one of its own is started."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--base", default="")
        parser.add_argument("--only", default="", help="comma-separated names of pages")
        parser.add_argument("--schemes", default="light,dark")
        parser.add_argument("--widths", default=",".join(map(str, WIDTHS)))
        parser.add_argument("--english", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
        if not chromium:
            raise CommandError("no Chromium found; set CHROMIUM to its path")
        if options["base"]:
            self._walk(options["base"].rstrip("/"), chromium, options)
            return
        database = f"sqlite:///{settings.BASE_DIR}/var/bench/pictures/db.sqlite3"
        shop = Shop("pictures", 8792, {"DATABASE_URL": database}, scale=1)
        shop.fill()
        with shop:
            self._walk(f"http://{HOST}:{shop.port}", chromium, options)

    def _walk(self, base: str, chromium: str, options: dict[str, Any]) -> None:
        from playwright.sync_api import sync_playwright

        only = set(filter(None, options["only"].split(",")))
        stops = [s for s in public_stops(base) if not only or s.name in only]
        folder = settings.BASE_DIR / "screenshots"
        folder.mkdir(exist_ok=True)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            for scheme in options["schemes"].split(","):
                for width in map(int, options["widths"].split(",")):
                    context = browser.new_context(
                        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
                    )
                    page = context.new_page()
                    for stop in stops:
                        for prefix in ("", "/en") if options["english"] else ("",):
                            self._shoot(
                                page,
                                base + prefix + stop.path,
                                folder / f"{prefix[1:]}{stop.name}-{width}-{scheme}.png",
                            )
                    context.close()
            for role in sorted({s.role for s in STAFF_STOPS if not only or s.name in only}):
                self._staff(browser, base, role, folder, [s for s in STAFF_STOPS if s.role == role], options)
            browser.close()

    def _staff(
        self, browser: Any, base: str, role: str, folder: Any, stops: list[Stop], options: dict[str, Any]
    ) -> None:
        from config.demo.accounts import PEOPLE, password

        account = next((person for person in PEOPLE if person.role == role), None)
        if account is None:
            return
        for width in map(int, options["widths"].split(",")):
            context = browser.new_context(viewport={"width": width, "height": 800})
            page = context.new_page()
            context.request.post(
                f"{base}/dang-nhap/",
                form={"step": "password", "name": account.phone, "password": password(), "next": ""},
                headers={"Origin": base},
            )
            for stop in stops:
                self._shoot(page, base + stop.path, folder / f"{stop.name}-{width}.png")
            context.close()

    def _shoot(self, page: Any, url: str, path: Any) -> None:
        page.goto(url, wait_until="load")
        page.evaluate("document.querySelectorAll('img[loading=lazy]').forEach(i => { i.loading = 'eager' })")
        page.wait_for_timeout(150)
        page.screenshot(path=str(path), full_page=True)
        self.stdout.write(path.name)
