"""A real shop of its own for the benchmark: data in var/bench, web server as in `make run`."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from django.conf import settings

HOST = "127.0.0.1"

STOCK_UP = """
from kernel.actors import SYSTEM
from marketplace.inventory.models import Stock
from marketplace.inventory.services import receive
for product in {ids}:
    row = Stock.objects.filter(product=product).order_by("pk").first()
    if row:
        receive(actor=SYSTEM, product_id=product, location_id=row.location_id, quantity={pieces})
"""
COUNT_OUT = """
from kernel.actors import SYSTEM
from marketplace.inventory.models import Stock
from marketplace.inventory.services import recount
for n, row in enumerate(Stock.objects.filter(product={id}).order_by("pk")):
    recount(actor=SYSTEM, product_id={id}, location_id=row.location_id, counted={pieces} if n == 0 else 0)
"""
SOLD = """
from django.db.models import Sum
from marketplace.inventory.models import Stock, StockMove
last = StockMove.objects.filter(stock__product={id}, reason=StockMove.Reason.RECOUNTED).order_by("pk").last()
from marketplace.inventory.models import HoldLine
since = HoldLine.objects.filter(stock__product={id}, hold__created_at__gte=last.at, hold__state__in=["active", "claimed"])
print(since.aggregate(n=Sum("quantity"))["n"] or 0)
"""


class Shop:
    """Starts on `__enter__`, stops on `__exit__`. `env` overrides the environment of the server."""

    def __init__(self, name: str, port: int, env: dict[str, str], scale: int) -> None:
        self.name, self.port, self.scale = name, port, scale
        self.var = settings.BASE_DIR / "var" / "bench" / name
        self.env = {**os.environ, "VAR_DIR": str(self.var), "RATE_LIMITS": "off", "DEMO": "on", **env}
        self.server: subprocess.Popen[bytes] | None = None

    def manage(self, *arguments: str) -> str:
        """Run manage.py against the shop's own data; raises CalledProcessError."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=settings.BASE_DIR, env=self.env, check=True, capture_output=True, text=True)
        return done.stdout

    def fill(self) -> None:
        """Tables, demo market at the wanted scale, index: once for each name."""
        stamp = self.var / f"filled-{self.scale}"
        if stamp.exists():
            return
        self.var.mkdir(parents=True, exist_ok=True)
        self.manage("prepare")
        self.manage("seed_demo", "--scale", str(self.scale))
        self.manage("search_rebuild")
        stamp.write_text("")

    def stock_up(self, product_ids: list[str], pieces: int) -> None:
        """Receive `pieces` of each product at its first location, through the services."""
        self.manage("shell", "-c", STOCK_UP.format(ids=[int(i) for i in product_ids], pieces=pieces))

    def count_out(self, product_id: str, pieces: int) -> None:
        """A recount that leaves exactly `pieces` of the product to sell."""
        self.manage("shell", "-c", COUNT_OUT.format(id=int(product_id), pieces=pieces))

    def sold(self, product_id: str) -> int:
        """Pieces of the product that the ledger says were promised or sold since the last recount."""
        return int(self.manage("shell", "-c", SOLD.format(id=int(product_id))).strip().splitlines()[-1])

    def __enter__(self) -> "Shop":
        # fmt: off
        self.server = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--no-worker", "--host", HOST, "--port", str(self.port)],
            cwd=settings.BASE_DIR, env=self.env, stdout=subprocess.DEVNULL, start_new_session=True,
        )
        # fmt: on
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"http://{HOST}:{self.port}/healthz", timeout=2):
                    return self
            except OSError:
                time.sleep(0.2)
        raise RuntimeError(f"{self.name}: the shop did not start")

    def __exit__(self, *_: object) -> None:
        if self.server:
            os.killpg(self.server.pid, signal.SIGTERM)
            self.server.wait(20)
        while _port_open(self.port):
            time.sleep(0.1)

    def processes(self) -> list[int]:
        """Process ids of the server and all below it."""
        assert self.server is not None
        parents: dict[int, list[int]] = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            parents.setdefault(int(fields[1]), []).append(int(stat.parent.name))
        found, todo = [], [self.server.pid]
        while todo:
            pid = todo.pop()
            found.append(pid)
            todo += parents.get(pid, [])
        return found

    def cpu_seconds(self) -> float:
        """CPU seconds used so far by the server's processes."""
        ticks = os.sysconf("SC_CLK_TCK")
        total = 0
        for pid in self.processes():
            try:
                fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            total += int(fields[11]) + int(fields[12])
        return total / ticks

    def memory_mb(self) -> float:
        """Proportional set size in MB of the web processes (the supervisor of `make run` left out)."""
        total = 0
        for pid in self.processes()[1:]:
            try:
                found = re.search(r"^Pss: +(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M)
            except OSError:
                continue
            total += int(found.group(1)) if found else 0
        return total / 1024


def _port_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0
