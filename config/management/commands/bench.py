"""`manage.py bench`: the project's own benchmark on real shops; prints a table, writes JSON to var/bench/."""

import json
import os
import platform
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from config.bench import scenarios
from config.bench.shop import HOST, Shop

ROW = "{shop:<10} {name:<22} {users:>5} {rps:>9} {p50:>8} {p95:>8} {p99:>8} {cpu:>8} {errors:>6}"


class Command(BaseCommand):
    help = "Measure W1–W6 at 1, 16 and 64 users on SQLite and, where DATABASE_URL or BENCH_PG names one, PostgreSQL."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seconds", type=float, default=5)
        parser.add_argument("--users", default="1,16,64")
        parser.add_argument("--scale", type=int, default=100)
        parser.add_argument("--only", default="", help="comma-separated scenario names, e.g. W1,W5")
        parser.add_argument("--shops", default="sqlite,postgres")

    def handle(self, *args: Any, **options: Any) -> None:
        users = [int(n) for n in options["users"].split(",")]
        only = set(filter(None, options["only"].split(",")))
        rows: list[dict[str, Any]] = []
        self.stdout.write(ROW.format(shop="shop", name="scenario", users="users", rps="req/s", p50="p50 ms", p95="p95 ms",
                                     p99="p99 ms", cpu="cpu-s/1k", errors="errors"))  # fmt: skip
        for name, env in self._shops(options["shops"]):
            for cached in (True, False):
                rows += self._measure(name, env, cached, users, only, options)
        self._write(rows, options)

    def _shops(self, wanted: str) -> list[tuple[str, dict[str, str]]]:
        shops = []
        if "sqlite" in wanted:
            shops.append(("sqlite", {"DATABASE_URL": "", "SEARCH_URL": "", "CACHE_URL": ""}))
            del shops[-1][1]["DATABASE_URL"]
        postgres = os.environ.get("BENCH_PG", "")
        if "postgres" in wanted and postgres:
            shops.append(("postgres", {"DATABASE_URL": postgres, "SEARCH_URL": "", "CACHE_URL": ""}))
        elif "postgres" in wanted:
            self.stderr.write("PostgreSQL left out: set BENCH_PG to the address of an empty database")
        return shops

    def _measure(
        self, name: str, env: dict[str, str], cached: bool, users: list[int], only: set[str], options: dict[str, Any]
    ) -> list[dict[str, Any]]:
        env = {**env, "PAGE_CACHE": "on" if cached else "off"}
        env.setdefault("DATABASE_URL", f"sqlite:///{settings.BASE_DIR}/var/bench/{name}/db.sqlite3")
        shop = Shop(name, 8791, env, options["scale"])
        shop.fill()
        rows = []
        with shop:
            market = scenarios.Market(HOST, shop.port)
            if not cached:
                shop.stock_up(market.ids, 100_000)
            for scenario in scenarios.SCENARIOS:
                if (only and scenario.name.split()[0] not in only) or (cached and not scenario.cacheable):
                    continue
                for count in users:
                    rows.append(self._run(shop, market, scenario, count, cached, options["seconds"]))
            if not cached and (not only or "W6" in only):
                rows.append(self._rush(shop, market))
            rows.append({"shop": name, "name": "memory", "cached": cached, "mb": round(shop.memory_mb(), 1)})
            self.stdout.write(f"{name:<10} two web workers hold {rows[-1]['mb']} MB (PSS)")
        return rows

    def _run(
        self,
        shop: Shop,
        market: scenarios.Market,
        scenario: scenarios.Scenario,
        users: int,
        cached: bool,
        seconds: float,
    ) -> dict[str, Any]:
        before = shop.cpu_seconds()
        result = scenario.run(market, users, seconds)
        cpu = shop.cpu_seconds() - before
        count = max(1, len(result.latencies))
        row = {
            "shop": shop.name,
            "name": scenario.name + (" cached" if cached else ""),
            "users": users,
            "rps": round(result.per_second, 1),
            "p50": round(result.percentile(0.5), 1),
            "p95": round(result.percentile(0.95), 1),
            "p99": round(result.percentile(0.99), 1),
            "cpu": round(1000 * cpu / count, 2),
            "errors": result.errors,
        }
        self.stdout.write(ROW.format(**row))
        return row

    def _rush(self, shop: Shop, market: scenarios.Market, buyers: int = 200, pieces: int = 50) -> dict[str, Any]:
        """W6: 200 buyers at once on a stock of 50: exactly 50 sold, no 5xx."""
        product = market.ids[0]
        shop.count_out(product, pieces)
        result, seen = scenarios.rush(market, product, buyers)
        row = {
            "shop": shop.name, "name": f"W6 {buyers} on {pieces}", "users": buyers, "sold": shop.sold(product),
            "thanked": seen[303], "statuses": dict(seen), "seconds": round(result.seconds, 2),
            "p95": round(result.percentile(0.95)), "errors": result.errors,
        }  # fmt: skip
        self.stdout.write(
            f"{row['shop']:<10} {row['name']:<22} sold {row['sold']}, thanked {row['thanked']}, p95 {row['p95']} ms, "
            f"all answered in {row['seconds']} s, 5xx {row['errors']}, answers {row['statuses']}"
        )
        return row

    def _write(self, rows: list[dict[str, Any]], options: dict[str, Any]) -> None:
        folder = settings.BASE_DIR / "var" / "bench"
        path = folder / f"bench-{time.strftime('%Y%m%d-%H%M%S')}.json"
        machine = {"cores": os.cpu_count(), "python": platform.python_version(), "machine": platform.machine()}
        path.write_text(json.dumps({"machine": machine, "scale": options["scale"], "rows": rows}, indent=1))
        self.stdout.write(f"written to {path.relative_to(settings.BASE_DIR)}")
