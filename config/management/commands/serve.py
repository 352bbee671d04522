"""`manage.py serve`: the whole shop in one terminal: prepare, seed, then web server and worker side by side."""

import os
import signal
import subprocess
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from config.prepare import fill, prepare


class Command(BaseCommand):
    help = "Prepare the shop if needed, then run web server and worker until Ctrl+C."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2)
        parser.add_argument("--no-worker", action="store_true", help="leave background jobs to somebody else")

    def handle(self, *args: Any, host: str, port: int, workers: int, no_worker: bool, **options: Any) -> None:
        say = self._say
        prepare(say)
        fill(say)
        env = {**os.environ, "SITE_URL": os.environ.get("SITE_URL", f"http://{host}:{port}")}
        # fmt: off
        commands = [[
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
            "--workers", str(workers), "--blocking-threads", "1", "--backlog", "1024",
            "--no-ws", "--log-level", "warning", "--respawn-failed-workers", "config.wsgi:application",
        ]]
        # fmt: on
        if not no_worker:
            commands.append([sys.executable, str(settings.BASE_DIR / "manage.py"), "worker"])
        running = [subprocess.Popen(command, env=env, cwd=settings.BASE_DIR) for command in commands]
        self._announce(host, port)
        self._wait(running)

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()

    def _announce(self, host: str, port: int) -> None:
        self._say(f"\n  {settings.SHOP_NAME}: http://{host}:{port}/\n")
        if settings.DEMO:
            try:
                from config.demo.accounts import table
            except ImportError:
                return
            self._say(table())

    @staticmethod
    def _wait(running: list["subprocess.Popen[bytes]"]) -> None:
        """Stop everything on Ctrl+C, on SIGTERM, or when one of the processes ends."""

        def stop(*_: Any) -> None:
            raise KeyboardInterrupt

        signal.signal(signal.SIGTERM, stop)
        try:
            while all(process.poll() is None for process in running):
                time.sleep(0.3)
        except KeyboardInterrupt:
            pass
        for process in running:
            process.terminate()
        for process in running:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
